using System.Collections.Concurrent;
using System.Diagnostics;
using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>How long runs stay in each stage, from what they tell the catalogue; summed over runs, several of which go on at once.</summary>
internal sealed class StageTimes
{
    private readonly ConcurrentDictionary<string, (string Stage, long Since)> _now = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> _seconds = new(StringComparer.Ordinal);

    /// <summary>Seconds by stage.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;

    /// <summary>What a call to the catalogue of runs tells.</summary>
    public void Began(string call, object?[] arguments)
    {
        if (arguments is not [string run, ..]) return;
        switch (call)
        {
            case "ClaimAsync":
                Enter(run, "Claiming");
                break;
            case "SetStageAsync":
                Enter(run, $"{(RunStage)arguments[2]!}");
                break;
            case "CompleteAsync":
                Enter(run, "Committing");
                break;
        }
    }

    /// <summary>What the end of a call tells.</summary>
    public void Ended(string call, object?[] arguments)
    {
        if (call is not ("CompleteAsync" or "FailAsync" or "GiveUpAsync") || arguments is not [string run, ..]) return;
        if (_now.TryRemove(run, out var before)) Add(before);
    }

    private void Enter(string run, string stage)
    {
        if (_now.TryGetValue(run, out var before)) Add(before);
        _now[run] = (stage, Stopwatch.GetTimestamp());
    }

    private void Add((string Stage, long Since) before)
    {
        var seconds = Stopwatch.GetElapsedTime(before.Since).TotalSeconds;
        _seconds.AddOrUpdate(before.Stage, seconds, (_, sum) => sum + seconds);
    }
}
