using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor bernoulli(Generator? generator = null) =>
            Native.Make(Native.bernoulli(Held, Native.G(generator), out var made), made);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            Native.Check(Native.bernoulli_(Held, p, Native.G(generator)));
            return this;
        }

        public Tensor bernoulli_(Tensor p, Generator? generator = null)
        {
            Native.Check(Native.bernoulli_tensor_(Held, p.Held, Native.G(generator)));
            return this;
        }

        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null)
        {
            Native.Check(Native.cauchy_(Held, median, sigma, Native.G(generator)));
            return this;
        }

        public Tensor exponential_(double lambda = 1, Generator? generator = null)
        {
            Native.Check(Native.exponential_(Held, lambda, Native.G(generator)));
            return this;
        }

        public Tensor geometric_(double p, Generator? generator = null)
        {
            Native.Check(Native.geometric_(Held, p, Native.G(generator)));
            return this;
        }

        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null)
        {
            Native.Check(Native.log_normal_(Held, mean, std, Native.G(generator)));
            return this;
        }

        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Native.Make(Native.multinomial(Held, num_samples, Native.Int(replacement), Native.G(generator), out var made), made);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null)
        {
            Native.Check(Native.normal_(Held, mean, std, Native.G(generator)));
            return this;
        }

        public Tensor poisson(Generator? generator = null) =>
            Native.Make(Native.poisson(Held, Native.G(generator), out var made), made);

        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            Native.Check(Native.uniform_(Held, from, to, Native.G(generator)));
            return this;
        }
    }
}
