namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>One thing measured, and the least that ours must reach of the baseline's rate.</summary>
/// <param name="Name">For people.</param>
/// <param name="Unit">What is counted: calls or MB.</param>
/// <param name="Concurrency">Unary calls under way at a time.</param>
/// <param name="ChunkBytes">Bytes of a chunk of an upload; 0 for unary calls.</param>
/// <param name="Gate">Smallest accepted ratio.</param>
internal sealed record RpcCase(string Name, string Unit, int Concurrency, int ChunkBytes, double Gate)
{
    public static readonly IReadOnlyList<RpcCase> All =
    [
        new("unary 100 B, 1 at a time", "call", 1, 0, 0.7),
        new("unary 100 B, 16 at a time", "call", 16, 0, 0.7),
        new("upload 100 MB, chunks of 64 KiB", "MB", 1, 64 << 10, 0.8),
        new("upload 100 MB, chunks of 1 MiB", "MB", 1, 1 << 20, 0.8),
    ];
}

/// <summary>Whose client calls whose server.</summary>
/// <param name="Client"><see cref="Worker.Bare"/> or <see cref="Worker.Ours"/>.</param>
/// <param name="Server"><see cref="Worker.Bare"/> or <see cref="Worker.Ours"/>.</param>
internal sealed record RpcPair(string Client, string Server)
{
    public static readonly RpcPair Baseline = new(Worker.Bare, Worker.Bare);

    /// <summary>Tells the server's part of a difference from the client's.</summary>
    public static readonly RpcPair ServerOnly = new(Worker.Bare, Worker.Ours);

    public static readonly RpcPair WhollyOurs = new(Worker.Ours, Worker.Ours);

    public static readonly IReadOnlyList<RpcPair> All = [Baseline, ServerOnly, WhollyOurs];
}
