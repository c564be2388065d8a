using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Reading streams.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Reads the next message; false at the end.</summary>
    /// <typeparam name="T">Message type.</typeparam>
    /// <param name="streamReader">The stream.</param>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }

    /// <summary>All messages, for <c>await foreach</c>.</summary>
    /// <typeparam name="T">Message type.</typeparam>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        while (await streamReader.MoveNext(cancellationToken))
        {
            yield return streamReader.Current;
        }
    }
}
