using SiOutcomeLab.Cli.Terminals;
using Spectre.Console;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Shows how far a delivery has come: a bar on a terminal, a few lines elsewhere.</summary>
internal static class PushProgress
{
    public static async Task<T> ShowAsync<T>(Terminal terminal, long totalBytes, TimeProvider time, Func<IProgress<int>, Task<T>> push)
    {
        if (!terminal.IsInteractive)
        {
            var lines = new Lines(terminal, totalBytes, time);
            var answer = await push(lines);
            lines.Finish();
            return answer;
        }

        return await terminal.ProgressConsole().Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new DownloadedColumn(),
                new TransferSpeedColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask(terminal.Pick("Skickar", "Sending"), maxValue: Math.Max(1, totalBytes));
                return push(new Bar(task));
            });
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
        return $"{Words.LanguageWords.Pick(language, Domain.PlainNumber.Fixed(value, unit == "B" || value >= 99.95 ? 0 : 1))} {unit}";
    }

    private sealed class Bar(ProgressTask task) : IProgress<int>
    {
        public void Report(int value) => task.Increment(value);
    }

    // A line each tenth of the way: a log that somebody reads afterwards.
    private sealed class Lines(Terminal terminal, long totalBytes, TimeProvider time) : IProgress<int>
    {
        private const long WorthTelling = 8 * 1024 * 1024;
        private readonly long _started = time.GetTimestamp();
        private long _sent;
        private int _tenthsTold;

        public void Report(int value)
        {
            _sent += value;
            var tenths = totalBytes < WorthTelling ? 10 : (int)(_sent * 10 / totalBytes);
            if (tenths <= _tenthsTold || tenths >= 10) return;
            _tenthsTold = tenths;
            terminal.Note($"{tenths * 10} %");
        }

        public void Finish()
        {
            var seconds = Math.Max(1e-3, time.GetElapsedTime(_started).TotalSeconds);
            terminal.Note(
                terminal.Pick("Skickade ", "Sent ") + Bytes(_sent, terminal.Language) + $" ({Bytes(_sent / seconds, terminal.Language)}/s)");
        }
    }
}
