using System.Numerics;

namespace ActorFed.Training.Chance;

/// <summary>The project's generator of chance: xoshiro256**, seeded by SplitMix64. The same seed gives the same numbers for good.</summary>
/// <remarks>
/// .NET's Random promises no fixed algorithm, so nothing here is built on it. Not safe for several threads at once: every client and
/// purpose has its own generator (<see cref="Seed.Derive"/>). Not for secrets.
/// Source: Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators" (https://arxiv.org/abs/1805.01407).
/// </remarks>
public sealed partial class SeededRandom
{
    private const double TwoToMinus53 = 1.0 / (1L << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>A generator at the start of the stream that belongs to the seed.</summary>
    public SeededRandom(long seed)
    {
        var state = unchecked((ulong)seed);
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>A generator for one purpose: <c>new SeededRandom(Seed.Derive(seed, purpose, parts))</c>.</summary>
    /// <exception cref="ArgumentException">The purpose is empty.</exception>
    public static SeededRandom For(long seed, string purpose, params ReadOnlySpan<SeedPart> parts) =>
        new(Seed.Derive(seed, purpose, parts));

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A whole number in [0, <paramref name="below"/>), each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is less than 1.</exception>
    public int Next(int below) => (int)NextLong(below);

    /// <summary>A whole number in [<paramref name="from"/>, <paramref name="below"/>), each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty.</exception>
    public int Next(int from, int below) => (int)(from + NextLong((long)below - from));

    /// <summary>A whole number in [0, <paramref name="below"/>), each equally likely (Lemire's multiplication with rejection).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="below"/> is less than 1.</exception>
    public long NextLong(long below)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(below, 1);
        var range = (ulong)below;
        var high = Math.BigMul(NextBits(), range, out var low);
        if (low < range)
        {
            var refused = unchecked(0UL - range) % range;
            while (low < refused)
            {
                high = Math.BigMul(NextBits(), range, out low);
            }
        }
        return (long)high;
    }

    /// <summary>A number in [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * TwoToMinus53;

    /// <summary>True with the given probability in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1].</exception>
    public bool NextBool(double probability)
    {
        if (probability is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        }
        return NextDouble() < probability;
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
