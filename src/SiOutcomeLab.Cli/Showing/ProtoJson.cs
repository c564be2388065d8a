using Google.Protobuf;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Messages as protobuf JSON, the same form as the hub's JSON door gives.</summary>
internal static class ProtoJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithIndentation("  "));
    private static readonly JsonFormatter OneLine = new(JsonFormatter.Settings.Default);

    public static void WriteOne(TextWriter output, IMessage message) => output.WriteLine(Formatter.Format(message));

    /// <summary>The message on a line of its own, for a stream of them.</summary>
    public static void WriteLine(TextWriter output, IMessage message) => output.WriteLine(OneLine.Format(message));

    /// <summary>The messages as one array, written as they come.</summary>
    public static async Task WriteArrayAsync<T>(TextWriter output, IAsyncEnumerable<T> messages, CancellationToken cancellationToken)
        where T : IMessage
    {
        var any = false;
        await output.WriteAsync("[");
        await foreach (var message in messages.WithCancellation(cancellationToken))
        {
            await output.WriteAsync(any ? ",\n" : "\n");
            await output.WriteAsync(Formatter.Format(message));
            any = true;
        }

        await output.WriteLineAsync(any ? "\n]" : "]");
    }
}
