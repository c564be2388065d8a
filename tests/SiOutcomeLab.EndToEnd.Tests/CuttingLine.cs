using System.Net;
using System.Net.Sockets;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>
/// A line between a client and a hub that cuts: each connection is closed, both ways at once, after a number of bytes drawn from a seed.
/// The hub's address may change while it stands.
/// </summary>
internal sealed class CuttingLine : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly Random _draw;
    private readonly (int Least, int Most) _bytes;
    private readonly Task _accepting;
    private int _cutsLeft;
    private int _cuts;

    /// <param name="hub">Where connections go.</param>
    /// <param name="cuts">How many connections are cut; later ones are not.</param>
    /// <param name="bytes">How many bytes pass before a cut, both directions together: between these.</param>
    /// <param name="seed">Draws them.</param>
    public CuttingLine(Uri hub, int cuts, (int Least, int Most) bytes, int seed)
    {
        Hub = hub;
        _cutsLeft = cuts;
        _bytes = bytes;
        _draw = new Random(seed);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Hub { get; set; }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Connections that were cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using (client)
        using (var hub = new TcpClient { NoDelay = true })
        {
            try
            {
                await hub.ConnectAsync(IPAddress.Loopback, Hub.Port, _ended.Token);
                using var cut = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
                var budget = new Budget(NextCut(), () => Interlocked.Increment(ref _cuts));
                await Task.WhenAny(
                    CopyAsync(client.GetStream(), hub.GetStream(), budget, cut.Token), CopyAsync(hub.GetStream(), client.GetStream(), budget, cut.Token));
                await cut.CancelAsync();
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                return;
            }
            finally
            {
                // A reset, not a polite end: what is still in the buffers is lost, as on a broken line.
                client.LingerState = new LingerOption(true, 0);
                hub.LingerState = new LingerOption(true, 0);
            }
        }
    }

    private long NextCut()
    {
        lock (_draw) return _cutsLeft-- > 0 ? _draw.Next(_bytes.Least, _bytes.Most) : long.MaxValue;
    }

    private static async Task CopyAsync(NetworkStream from, NetworkStream to, Budget budget, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                var allowed = budget.Take(read);
                await to.WriteAsync(buffer.AsMemory(0, allowed), cancellationToken);
                if (allowed < read) return;
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return;
        }
    }

    private sealed class Budget(long bytes, Action spent)
    {
        private readonly Lock _lock = new();
        private long _left = bytes;
        private bool _isSpent;

        public int Take(int bytes)
        {
            lock (_lock)
            {
                if (bytes <= _left)
                {
                    _left -= bytes;
                    return bytes;
                }

                var last = (int)_left;
                _left = 0;
                if (!_isSpent) spent();
                _isSpent = true;
                return last;
            }
        }
    }
}
