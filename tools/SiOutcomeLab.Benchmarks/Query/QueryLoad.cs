using System.Diagnostics;
using Grpc.Core;
using Grpc.Net.Client;

namespace SiOutcomeLab.Benchmarks.Query;

/// <summary>A call as bytes: the one who asks must not spend its time on messages.</summary>
/// <param name="Method">The call.</param>
/// <param name="Request">The request.</param>
internal sealed record RawCall(Method<byte[], byte[]> Method, byte[] Request)
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(b => b, b => b);

    public static RawCall Of(string service, string method, Google.Protobuf.IMessage request) =>
        new(new Method<byte[], byte[]>(MethodType.Unary, service, method, Bytes, Bytes), Google.Protobuf.MessageExtensions.ToByteArray(request));
}

/// <summary>What a load came to.</summary>
/// <param name="Calls">Calls a second.</param>
/// <param name="P50">Milliseconds.</param>
/// <param name="P99">Milliseconds.</param>
/// <param name="AnswerBytes">Mean bytes of an answer.</param>
internal sealed record QueryLoadResult(double Calls, double P50, double P99, double AnswerBytes);

/// <summary>Connections that each ask one thing after the other, without a pause.</summary>
internal sealed class QueryLoad : IDisposable
{
    private readonly GrpcChannel[] _channels;

    public QueryLoad(string address, int connections) =>
        _channels = [.. Enumerable.Range(0, connections).Select(_ => GrpcChannel.ForAddress(address))];

    /// <summary>Asks for so long; each connection goes through the calls in an order of its own.</summary>
    public async Task<QueryLoadResult> RunAsync(IReadOnlyList<RawCall> calls, Metadata headers, TimeSpan time, CancellationToken cancellationToken)
    {
        var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var started = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(_channels.Select((channel, i) => Task.Run(() => OneAsync(channel, calls, headers, i, end, cancellationToken), cancellationToken)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var times = all.SelectMany(a => a.Times).ToArray();
        Array.Sort(times);
        return new QueryLoadResult(
            times.Length / seconds, times[times.Length / 2], times[(int)(times.Length * 0.99)], all.Sum(a => (double)a.Bytes) / times.Length);
    }

    public void Dispose()
    {
        foreach (var channel in _channels) channel.Dispose();
    }

    private static async Task<(List<double> Times, long Bytes)> OneAsync(
        GrpcChannel channel, IReadOnlyList<RawCall> calls, Metadata headers, int seed, long end, CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        var invoker = channel.CreateCallInvoker();
        var (times, bytes) = (new List<double>(100_000), 0L);
        while (Stopwatch.GetTimestamp() < end)
        {
            var call = calls[random.Next(calls.Count)];
            var started = Stopwatch.GetTimestamp();
            using var answer = invoker.AsyncUnaryCall(call.Method, null, new CallOptions(headers, cancellationToken: cancellationToken), call.Request);
            bytes += (await answer).Length;
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return (times, bytes);
    }
}
