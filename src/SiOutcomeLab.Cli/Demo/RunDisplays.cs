using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Runs.V1;
using Spectre.Console;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>Shows how far the runs have come.</summary>
internal interface IRunDisplay
{
    /// <summary>A followed run has entered a state.</summary>
    void Stage(Run run);

    /// <summary>So many plans have their result.</summary>
    void Finished(int done, int total);
}

/// <summary>Lines on the error stream, for a log or a pipe.</summary>
internal sealed class RunLines(Terminal terminal) : IRunDisplay
{
    private int _told = -1;

    public void Stage(Run run) => terminal.Note($"  {run.Plan}: {terminal.Pick(EnumWords.Of(run.Stage))}");

    public void Finished(int done, int total)
    {
        // A line for each quarter of the way: enough to see that it moves.
        if (done == _told || (done < total && done - _told < Math.Max(1, total / 4))) return;
        _told = done;
        terminal.Note(terminal.Pick($"  {done} av {total} körningar klara", $"  {done} of {total} runs done"));
    }
}

/// <summary>Bars that are drawn over themselves: one for each followed run, one for all.</summary>
internal sealed class RunBars(Terminal terminal, ProgressContext context) : IRunDisplay
{
    private readonly Dictionary<string, ProgressTask> _bars = new(StringComparer.Ordinal);
    private readonly ProgressTask _all = context.AddTask(terminal.Pick("körningar", "runs"));
    private readonly Lock _lock = new();

    public void Stage(Run run)
    {
        lock (_lock)
        {
            if (!_bars.TryGetValue(run.Plan, out var bar))
            {
                _bars[run.Plan] = bar = context.AddTask(Markup.Escape(run.Plan), maxValue: (int)RunStage.Done);
            }

            bar.Description = Markup.Escape($"{run.Plan}: {terminal.Pick(EnumWords.Of(run.Stage))}");
            bar.Value = (int)run.Stage;
        }
    }

    public void Finished(int done, int total)
    {
        lock (_lock)
        {
            _all.MaxValue = Math.Max(1, total);
            _all.Value = done;
            _all.Description = terminal.Pick($"{done} av {total} körningar", $"{done} of {total} runs");
        }
    }
}
