namespace SiOutcomeLab.Hub.Health;

/// <summary>Whether the hub has come up whole. It serves calls a moment before its scheduler runs.</summary>
internal sealed class StartState
{
    private volatile bool _isStarted;

    public bool IsStarted => _isStarted;

    public void Started() => _isStarted = true;
}
