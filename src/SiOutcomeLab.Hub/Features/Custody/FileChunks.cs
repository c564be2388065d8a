using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;

namespace SiOutcomeLab.Hub.Features.Custody;

/// <summary>Sends a file in pieces while it is being written, so that neither memory nor disk holds it.</summary>
internal static class FileChunks
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Sends what is written, in order.</summary>
    /// <param name="write">Writes the file.</param>
    /// <param name="send">Sends a piece; waited for, so that a slow reader slows the writer.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static async Task SendAsync(
        Func<Stream, CancellationToken, Task> write, Func<ByteString, Task> send, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 4 * ChunkBytes, resumeWriterThreshold: 2 * ChunkBytes, useSynchronizationContext: false));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // On a thread of its own: the file's writer is synchronous, and waits while the pipe is full.
        var writing = Task.Factory.StartNew(() => FillAsync(write, pipe.Writer, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            while (true)
            {
                var read = await pipe.Reader.ReadAtLeastAsync(ChunkBytes, cancellationToken);
                var rest = read.Buffer;
                while (rest.Length >= ChunkBytes || (read.IsCompleted && rest.Length > 0))
                {
                    var piece = rest.Slice(0, Math.Min(ChunkBytes, rest.Length));
                    await send(UnsafeByteOperations.UnsafeWrap(piece.ToArray()));
                    rest = rest.Slice(piece.End);
                }

                pipe.Reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted) break;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await writing;
        }
    }

    private static async Task FillAsync(Func<Stream, CancellationToken, Task> write, PipeWriter writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await using var target = writer.AsStream(leaveOpen: true);
            await write(target, cancellationToken);
        }
        catch (Exception e)
        {
            failure = e;
        }

        await writer.CompleteAsync(failure);
    }
}
