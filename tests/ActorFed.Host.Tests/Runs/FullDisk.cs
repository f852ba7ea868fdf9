namespace ActorFed.Host.Tests.Runs;

/// <summary>A file that takes a number of bytes and then has the error of a full disk, as Linux gives it.</summary>
internal sealed class FullFile(string path, long room) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1)
{
    private const int NoSpace = 28;
    private long _room = room;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.Length > _room)
        {
            base.Write(buffer[..(int)_room]);
            throw new IOException("No space left on device", NoSpace);
        }

        _room -= buffer.Length;
        base.Write(buffer);
    }
}
