// Written by native/imports.py from native/create.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_zeros")]
    internal static partial int zeros(ReadOnlySpan<long> sizes, int n, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ones")]
    internal static partial int ones(ReadOnlySpan<long> sizes, int n, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_empty")]
    internal static partial int empty(ReadOnlySpan<long> sizes, int n, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_zeros_like")]
    internal static partial int zeros_like(TensorHandle a, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_ones_like")]
    internal static partial int ones_like(TensorHandle a, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_empty_like")]
    internal static partial int empty_like(TensorHandle a, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_rand_like")]
    internal static partial int rand_like(TensorHandle a, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_randn_like")]
    internal static partial int randn_like(TensorHandle a, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_full")]
    internal static partial int full(ReadOnlySpan<long> sizes, int n, ScalarArg value, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_full_like")]
    internal static partial int full_like(TensorHandle a, ScalarArg value, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_rand")]
    internal static partial int rand(ReadOnlySpan<long> sizes, int n, GeneratorHandle g, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_randn")]
    internal static partial int randn(ReadOnlySpan<long> sizes, int n, GeneratorHandle g, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_randint")]
    internal static partial int randint(
        long low,
        long high,
        ReadOnlySpan<long> sizes,
        int n,
        GeneratorHandle g,
        Opts o,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_randint_like")]
    internal static partial int randint_like(TensorHandle a, long low, long high, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_randperm")]
    internal static partial int randperm(long count, GeneratorHandle g, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_arange")]
    internal static partial int arange(ScalarArg start, ScalarArg stop, ScalarArg step, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linspace")]
    internal static partial int linspace(double start, double end, long steps, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logspace")]
    internal static partial int logspace(double start, double end, long steps, double @base, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_eye")]
    internal static partial int eye(long rows, long columns, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_tril_indices")]
    internal static partial int tril_indices(long row, long col, long offset, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_triu_indices")]
    internal static partial int triu_indices(long row, long col, long offset, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_normal")]
    internal static partial int normal(
        double mean,
        double std,
        ReadOnlySpan<long> sizes,
        int n,
        GeneratorHandle g,
        Opts o,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_normal_of")]
    internal static partial int normal_of(TensorHandle mean, TensorHandle std, GeneratorHandle g, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_manual_seed")]
    internal static partial int manual_seed(long seed);

    [LibraryImport(Library, EntryPoint = "af_generator_new")]
    internal static partial int generator_new(ulong seed, int type, int index, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_generator_default")]
    internal static partial int generator_default(int type, int index, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_generator_free")]
    internal static partial void generator_free(nint g);

    [LibraryImport(Library, EntryPoint = "af_generator_seed")]
    internal static partial int generator_seed(GeneratorHandle g, long seed);

    [LibraryImport(Library, EntryPoint = "af_generator_random_seed")]
    internal static partial int generator_random_seed(GeneratorHandle g, long* to);

    [LibraryImport(Library, EntryPoint = "af_generator_initial_seed")]
    internal static partial int generator_initial_seed(GeneratorHandle g, long* to);

    [LibraryImport(Library, EntryPoint = "af_generator_get_state")]
    internal static partial int generator_get_state(GeneratorHandle g, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_generator_set_state")]
    internal static partial int generator_set_state(GeneratorHandle g, TensorHandle state);

    [LibraryImport(Library, EntryPoint = "af_uniform_")]
    internal static partial int uniform_(TensorHandle a, double from, double to, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_normal_")]
    internal static partial int normal_(TensorHandle a, double mean, double std, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_bernoulli_")]
    internal static partial int bernoulli_(TensorHandle a, double p, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_bernoulli_tensor_")]
    internal static partial int bernoulli_tensor_(TensorHandle a, TensorHandle p, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_exponential_")]
    internal static partial int exponential_(TensorHandle a, double lambda, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_log_normal_")]
    internal static partial int log_normal_(TensorHandle a, double mean, double std, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_cauchy_")]
    internal static partial int cauchy_(TensorHandle a, double median, double sigma, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_geometric_")]
    internal static partial int geometric_(TensorHandle a, double p, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_random_")]
    internal static partial int random_(TensorHandle a, long from, long to, GeneratorHandle g);

    [LibraryImport(Library, EntryPoint = "af_bernoulli")]
    internal static partial int bernoulli(TensorHandle a, GeneratorHandle g, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_poisson")]
    internal static partial int poisson(TensorHandle a, GeneratorHandle g, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_multinomial")]
    internal static partial int multinomial(
        TensorHandle a,
        long num_samples,
        int replacement,
        GeneratorHandle g,
        out TensorHandle @out
    );
}
