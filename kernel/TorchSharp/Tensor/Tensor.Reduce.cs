using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor all() => Native.Make(Native.all(Held, out var made), made);

        public Tensor all(long dim, bool keepdim = false) =>
            Native.Make(Native.all_dim(Held, dim, Native.Int(keepdim), out var made), made);

        public Tensor any() => Native.Make(Native.any(Held, out var made), made);

        public Tensor any(long dim, bool keepdim = false) =>
            Native.Make(Native.any_dim(Held, dim, Native.Int(keepdim), out var made), made);

        public Tensor argmax() => Native.Make(Native.argmax(Held, out var made), made);

        public Tensor argmax(long dim, bool keepdim = false) =>
            Native.Make(Native.argmax_dim(Held, dim, Native.Int(keepdim), out var made), made);

        public Tensor argmin() => Native.Make(Native.argmin(Held, out var made), made);

        public Tensor argmin(long dim, bool keepdim = false) =>
            Native.Make(Native.argmin_dim(Held, dim, Native.Int(keepdim), out var made), made);

        public Tensor argsort(long dim = -1, bool descending = false) =>
            Native.Make(Native.argsort(Held, dim, Native.Int(descending), out var made), made);

        public Tensor bincount(Tensor weights, long minlength = 0) =>
            Native.Make(Native.bincount(Held, weights.Held, minlength, out var made), made);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Native.Make(Native.bucketize(Held, boundaries.Held, Native.Int(outInt32), Native.Int(right), out var made), made);

        public (Tensor, Tensor) cummax(long dim) =>
            Native.Make(Native.cummax(Held, dim, out var made, out var second), made, second);

        public (Tensor, Tensor) cummin(long dim) =>
            Native.Make(Native.cummin(Held, dim, out var made, out var second), made, second);

        public Tensor dist(Tensor other, float p = 2f) => Native.Make(Native.dist(Held, other.Held, p, out var made), made);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) =>
            Native.Make(Native.histc(Held, bins, min, max, out var made), made);

        public (Tensor, Tensor) kthvalue(long k, long? dim, bool keepdim = false) =>
            Native.Make(
                Native.kthvalue(Held, k, dim ?? Native.None, Native.Int(keepdim), out var made, out var second),
                made,
                second
            );

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Native.Make(Native.log_softmax(Held, dim, Native.Type(dtype), out var made), made);

        public Tensor logcumsumexp(long dim) => Native.Make(Native.logcumsumexp(Held, dim, out var made), made);

        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Native.Make(Native.logsumexp(Held, dim, Native.Int(keepdim), out var made), made);

        public Tensor max() => Native.Make(Native.max(Held, out var made), made);

        public (Tensor, Tensor) max(long dim, bool keepdim = false) =>
            Native.Make(Native.max_dim(Held, dim, Native.Int(keepdim), out var made, out var second), made, second);

        public Tensor mean() => Native.Make(Native.mean(Held, out var made), made);

        public Tensor median() => Native.Make(Native.median(Held, out var made), made);

        public Tensor min() => Native.Make(Native.min(Held, out var made), made);

        public (Tensor, Tensor) min(long dim, bool keepdim = false) =>
            Native.Make(Native.min_dim(Held, dim, Native.Int(keepdim), out var made, out var second), made, second);

        public (Tensor, Tensor) mode(long dim = -1, bool keepdim = false) =>
            Native.Make(Native.mode(Held, dim, Native.Int(keepdim), out var made, out var second), made, second);

        public Tensor nansum() => Native.Make(Native.nansum(Held, out var made), made);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) =>
            Native.Make(Native.quantile(Held, q.Held, dim, Native.Int(keepdim), out var made), made);

        public Tensor renorm(float p, long dim, float maxnorm) =>
            Native.Make(Native.renorm(Held, p, dim, maxnorm, out var made), made);

        public Tensor softmax(long dim, ScalarType? dtype = null) =>
            Native.Make(Native.softmax(Held, dim, Native.Type(dtype), out var made), made);

        public (Tensor, Tensor) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Native.Make(
                Native.sort(Held, dim, Native.Int(descending), Native.Int(stable), out var made, out var second),
                made,
                second
            );

        public Tensor std(bool unbiased = true) => Native.Make(Native.std(Held, Native.Int(unbiased), out var made), made);

        public (Tensor, Tensor) std_mean(bool unbiased = true) =>
            Native.Make(Native.std_mean(Held, Native.Int(unbiased), out var made, out var second), made, second);

        public (Tensor, Tensor) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Native.Make(
                Native.topk(Held, k, dim, Native.Int(largest), Native.Int(sorted), out var made, out var second),
                made,
                second
            );

        public Tensor trace() => Native.Make(Native.trace(Held, out var made), made);

        public Tensor var(bool unbiased = true) => Native.Make(Native.var(Held, Native.Int(unbiased), out var made), made);

        public (Tensor, Tensor) var_mean(bool unbiased = true) =>
            Native.Make(Native.var_mean(Held, Native.Int(unbiased), out var made, out var second), made, second);
    }
}
