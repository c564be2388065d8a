using System.Globalization;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Hub.Operation;

namespace SiOutcomeLab.Cli.Operating;

/// <summary>Tells on the error stream how far an operation is: each step when it begins, and how much of it is done every few seconds.</summary>
internal sealed class ProgressNotes(Terminal terminal, TimeProvider time) : IProgress<OperationProgress>
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    private string? _step;
    private long _told;

    public void Report(OperationProgress value)
    {
        var step = terminal.Pick(value.Step);
        if (step != _step)
        {
            _step = step;
            _told = time.GetTimestamp();
            terminal.Note(value.Total > 0 ? $"{step} ({Size(value.Total)}) …" : $"{step} …");
        }
        else if (value.Total > 0 && time.GetElapsedTime(_told) >= Often)
        {
            _told = time.GetTimestamp();
            terminal.Note($"  {100.0 * value.Done / value.Total:0} % ({Size(value.Done)})");
        }
    }

    public static string Size(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1000 && unit < units.Length - 1) (value, unit) = (value / 1000, unit + 1);
        return value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
