namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>One way of calling the measured service. Every reply is checked: a wrong one throws.</summary>
internal interface IEchoClient : IDisposable
{
    /// <summary>One call that sends and receives the payload.</summary>
    Task UnaryAsync(CancellationToken cancellationToken);

    /// <summary>Uploads a number of chunks in one call.</summary>
    Task UploadAsync(int chunkBytes, int chunks, CancellationToken cancellationToken);
}
