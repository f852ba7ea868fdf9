namespace ActorFed.Actors.Transfer;

/// <summary>Downloads that wait until there is room for them, each with its place: ten thousand come and go without a search.</summary>
internal sealed class DownloadQueue
{
    private readonly LinkedList<Download> _order = new();

    public Download? First => _order.First?.Value;

    public void Add(Download download) => download.Place = _order.AddLast(download);

    /// <summary>Takes it out, wherever it is; nothing happens for one that does not wait.</summary>
    public void Remove(Download download)
    {
        if (download.Place is { } place)
        {
            _order.Remove(place);
            download.Place = null;
        }
    }
}
