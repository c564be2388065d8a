using Grpc.Core;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain;
using Spectre.Console;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Shows how far a delivery has come: a bar on a terminal, a few lines elsewhere.</summary>
internal static class PushProgress
{
    public static async Task<T> ShowAsync<T>(Terminal terminal, long totalBytes, TimeProvider time, Func<IPushProgress, Task<T>> push)
    {
        if (!terminal.IsInteractive)
        {
            var lines = new PushLines(terminal, totalBytes, time);
            var answer = await push(lines);
            lines.Finish();
            return answer;
        }

        return await terminal.ProgressConsole().Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 24 },
                new PercentageColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn())
            .StartAsync(context => push(new Bar(context.AddTask(terminal.Pick(NameOf(PushPhase.Sending)), maxValue: Math.Max(1, totalBytes)), terminal)));
    }

    /// <summary>A phase in words.</summary>
    public static BilingualText NameOf(PushPhase phase) => phase switch
    {
        PushPhase.Sending => new("Skickar", "Sending"),
        PushPhase.Checking => new("Hubben kontrollerar", "The hub checks"),
        _ => new("Hubben sparar", "The hub commits"),
    };

    /// <summary>What a failed attempt is told as.</summary>
    public static string WaitingText(Terminal terminal, RpcException failure, TimeSpan pause)
    {
        var why = RetryRule.ReasonOf(failure) ?? failure.StatusCode.ToString();
        var seconds = PlainNumber.Fixed(pause.TotalSeconds, 1);
        return terminal.Pick(
            $"Avbrott ({why}); försöker igen om {seconds.Sv} s, från det som har kommit fram.",
            $"Cut ({why}); trying again in {seconds.En} s, from what has arrived.");
    }

    /// <summary>Bytes as people read them, in powers of ten.</summary>
    public static string Bytes(double bytes, Words.Language language)
    {
        var (value, unit) = bytes switch
        {
            >= 1e9 => (bytes / 1e9, "GB"),
            >= 1e6 => (bytes / 1e6, "MB"),
            >= 1e3 => (bytes / 1e3, "kB"),
            _ => (bytes, "B"),
        };
        return $"{Words.LanguageWords.Pick(language, PlainNumber.Fixed(value, unit == "B" || value >= 99.95 ? 0 : 1))} {unit}";
    }

    private sealed class Bar(ProgressTask task, Terminal terminal) : IPushProgress
    {
        public void Phase(PushPhase phase) => task.Description = terminal.Pick(NameOf(phase));

        public void At(long bytes) => task.Value = bytes;

        public void Waiting(RpcException failure, TimeSpan pause) => task.Description = Markup.Escape(WaitingText(terminal, failure, pause));
    }
}
