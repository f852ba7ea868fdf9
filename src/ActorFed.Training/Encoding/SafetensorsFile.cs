using System.Buffers;
using System.Collections.Immutable;
using System.IO.MemoryMappedFiles;

namespace ActorFed.Training.Encoding;

/// <summary>A safetensors file on disk, mapped into memory: pages are read when a tensor is looked at, and never copied.</summary>
/// <remarks>Foreign files are welcome: metadata and gaps between tensors are allowed, overlaps are not. Values die with the file.</remarks>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly ImmutableSortedDictionary<string, SafetensorsEntry> _entries;
    private readonly List<MappedMemory> _handed = [];
    private readonly byte* _start;
    private readonly long _data;
    private bool _disposed;

    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">Names the file and what is wrong: truncated, header, dtype, shape, offsets.</exception>
    public SafetensorsFile(string path)
    {
        Path = path;
        var length = new FileInfo(path).Length;
        if (length < 10)
        {
            throw new InvalidDataException($"{path}: Safetensors: a file of {length} bytes has no header.");
        }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        try
        {
            var head = new ReadOnlySpan<byte>(_start, (int)Math.Min(length, Safetensors.LargestHeader + 8L));
            (var entries, _data) = SafetensorsHeader.Read(head);
            ThrowUnlessInside(entries, length - _data);
            _entries = entries.ToImmutableSortedDictionary(e => e.Name, e => e, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            Dispose();
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Names of its tensors, in ordinal order.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>A tensor; its bytes are the file's.</summary>
    /// <exception cref="KeyNotFoundException">Names the tensor, the file and those that are there.</exception>
    /// <exception cref="InvalidDataException">It has 2 GiB or more.</exception>
    public TensorValue Read(string name)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_entries.TryGetValue(name, out var entry))
        {
            throw new KeyNotFoundException(
                $"{Path} has no tensor '{name}'; there are: {string.Join(", ", _entries.Keys.Take(20))}."
            );
        }

        if (entry.End - entry.Begin > int.MaxValue)
        {
            throw new InvalidDataException(
                $"{Path}: tensor '{name}' has {entry.End - entry.Begin} bytes, the most is {int.MaxValue}."
            );
        }

        var memory = new MappedMemory(_start + _data + entry.Begin, (int)(entry.End - entry.Begin));
        _handed.Add(memory);
        return new(entry.Type, entry.Shape, memory.Memory);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _handed.ForEach(m => m.Close());
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static void ThrowUnlessInside(ImmutableArray<SafetensorsEntry> entries, long dataLength)
    {
        var at = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin < at || entry.End > dataLength)
            {
                throw new InvalidDataException(
                    $"Safetensors: tensor '{entry.Name}' lies in bytes {entry.Begin} to {entry.End}; {at} to {dataLength} are left for it: truncated, or overlapping."
                );
            }

            at = entry.End;
        }
    }

    /// <summary>Memory of the mapping; an error, not a crash, once the file is closed.</summary>
    private sealed class MappedMemory(byte* start, int length) : MemoryManager<byte>
    {
        private bool _closed;

        public override Span<byte> GetSpan() =>
            _closed ? throw new ObjectDisposedException(nameof(SafetensorsFile)) : new(start, length);

        public override MemoryHandle Pin(int elementIndex = 0) => new(start + elementIndex);

        public override void Unpin() { }

        public void Close() => _closed = true;

        protected override void Dispose(bool disposing) => Close();
    }
}
