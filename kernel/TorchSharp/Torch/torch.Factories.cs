using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor arange(
        Scalar start,
        Scalar stop,
        Scalar step,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) =>
        Native.Make(
            Native.arange(start.Value, stop.Value, step.Value, Opts.Of(dtype, device, requires_grad), out var made),
            made
        );

    public static Tensor arange(
        Scalar start,
        Scalar stop,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => arange(start, stop, 1, dtype, device, requires_grad);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    public static Tensor eye(
        long rows,
        long columns = -1,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    )
    {
        NoNames(names);
        return Native.Make(
            Native.eye(rows, columns < 0 ? rows : columns, Opts.Of(dtype, device, requires_grad), out var made),
            made
        );
    }

    public static Tensor linspace(
        double start,
        double end,
        long steps,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Native.Make(Native.linspace(start, end, steps, Opts.Of(dtype, device, requires_grad), out var made), made);

    public static Tensor logspace(
        double start,
        double end,
        long steps,
        double @base = 10,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Native.Make(Native.logspace(start, end, steps, @base, Opts.Of(dtype, device, requires_grad), out var made), made);

    public static Tensor randint(
        long low,
        long high,
        Size size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null
    ) => Randint(low, high, size.Lengths, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long high,
        Size size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null
    ) => Randint(0, high, size.Lengths, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null
    ) => Randint(0, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint(
        long low,
        long high,
        long[] size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null
    ) => Randint(low, high, size, dtype, device, requires_grad, generator, names);

    public static Tensor randint_like(
        Tensor input,
        long low,
        long high,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Native.Make(Native.randint_like(input.Held, low, high, Opts.Of(dtype, device, requires_grad), out var made), made);

    private static Tensor Randint(
        long low,
        long high,
        long[] size,
        ScalarType? dtype,
        Device? device,
        bool requires_grad,
        Generator? generator,
        string[]? names
    )
    {
        NoNames(names);
        var options = Opts.Of(dtype ?? int64, device, requires_grad);
        return Native.Make(Native.randint(low, high, size, size.Length, Native.G(generator), options, out var made), made);
    }

    public static Tensor randperm(
        long n,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null
    ) => Native.Make(Native.randperm(n, Native.G(generator), Opts.Of(dtype ?? int64, device, requires_grad), out var made), made);

    public static Tensor normal(
        double mean,
        double std,
        ReadOnlySpan<long> size,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false,
        Generator? generator = null,
        string[]? names = null
    )
    {
        NoNames(names);
        var options = Opts.Of(dtype, device, requires_grad);
        return Native.Make(Native.normal(mean, std, size, size.Length, Native.G(generator), options, out var made), made);
    }

    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) =>
        Native.Make(Native.normal_of(mean.Held, std.Held, Native.G(generator), out var made), made);

    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = @long, Device? device = null) =>
        Native.Make(Native.tril_indices(row, col, offset, Opts.Of(dtype, device), out var made), made);

    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = @long, Device? device = null) =>
        Native.Make(Native.triu_indices(row, col, offset, Opts.Of(dtype, device), out var made), made);
}
