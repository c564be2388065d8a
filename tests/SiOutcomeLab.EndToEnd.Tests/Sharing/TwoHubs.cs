using SiOutcomeLab.EndToEnd.Tests.Operation;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>Two hubs that share catalogue and lake, for all tests of a class; started when the first of them asks.</summary>
public sealed class TwoHubs : IAsyncDisposable
{
    private SharedHubs? _shared;
    private OperatedHub? _first;
    private OperatedHub? _second;

    /// <summary>The hubs; skips the test where there is no PostgreSQL.</summary>
    internal async Task<(SharedHubs Shared, OperatedHub First, OperatedHub Second)> StartedAsync()
    {
        _shared ??= await SharedHubs.CreateAsync();
        _first ??= await _shared.StartAsync("hub-1");
        _second ??= await _shared.StartAsync("hub-2");
        return (_shared, _first, _second);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shared is not null) await _shared.DisposeAsync();
    }
}
