namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>What a client is to do.</summary>
/// <param name="Address">The server's.</param>
/// <param name="Concurrency">Unary calls under way at a time.</param>
/// <param name="Seconds">How long unary calls go on.</param>
/// <param name="ChunkBytes">Bytes of a chunk of an upload; 0 for unary calls.</param>
internal sealed record LoadOrder(string Address, int Concurrency, double Seconds, int ChunkBytes);

/// <summary>What a client did.</summary>
/// <param name="Units">Calls, or megabytes (10⁶ bytes) uploaded.</param>
/// <param name="Seconds">Wall time.</param>
/// <param name="P50">Milliseconds, of unary calls.</param>
/// <param name="P99">Milliseconds, of unary calls.</param>
/// <param name="Used">What the client process used meanwhile.</param>
internal sealed record Load(double Units, double Seconds, double? P50, double? P99, Usage Used);
