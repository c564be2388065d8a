using Microsoft.Extensions.Logging;

namespace SiOutcomeLab.Pipelines;

/// <summary>What the pipelines log: identifiers and stages, never a row's value or a count of persons.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 2001, EventName = "RunStarted", Level = LogLevel.Information, Message = "Run {Run} of plan {Plan} started, epoch {Epoch}.")]
    public static partial void RunStarted(ILogger logger, string run, string plan, long epoch);

    [LoggerMessage(EventId = 2002, EventName = "RunSucceeded", Level = LogLevel.Information, Message = "Run {Run} of plan {Plan} succeeded.")]
    public static partial void RunSucceeded(ILogger logger, string run, string plan);

    [LoggerMessage(EventId = 2003, EventName = "RunFenced", Level = LogLevel.Warning, Message = "Run {Run}: what was done under epoch {Epoch} came too late and does not count.")]
    public static partial void RunFenced(ILogger logger, string run, long epoch, Exception? exception = null);

    [LoggerMessage(EventId = 2004, EventName = "RunFailed", Level = LogLevel.Error, Message = "Run {Run} of plan {Plan} failed.")]
    public static partial void RunFailed(ILogger logger, string run, string plan, Exception exception);

    [LoggerMessage(EventId = 2005, EventName = "RunQueued", Level = LogLevel.Information, Message = "Run {Run} of plan {Plan} queued.")]
    public static partial void RunQueued(ILogger logger, string run, string plan);

    [LoggerMessage(EventId = 2006, EventName = "DueSweepFailed", Level = LogLevel.Error, Message = "Looking for due plans failed; it is tried again at the next turn.")]
    public static partial void DueSweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2007, EventName = "RunObsolete", Level = LogLevel.Information, Message = "Run {Run} of plan {Plan}: what it was to read is no longer there as it was.")]
    public static partial void RunObsolete(ILogger logger, string run, string plan);

    [LoggerMessage(EventId = 2008, EventName = "BenchmarkFailed", Level = LogLevel.Error, Message = "The benchmark of {Method} and {Measure} failed; it is tried again at the next turn.")]
    public static partial void BenchmarkFailed(ILogger logger, string method, string measure, Exception exception);

    [LoggerMessage(EventId = 2009, EventName = "RunCancelled", Level = LogLevel.Information, Message = "Run {Run} of plan {Plan} was cancelled; nothing of it counts.")]
    public static partial void RunCancelled(ILogger logger, string run, string plan);

    [LoggerMessage(EventId = 2010, EventName = "NightTurn", Level = LogLevel.Information, Message = "The night's turn: {Runs} runs queued whose data have changed.")]
    public static partial void NightTurn(ILogger logger, int runs);

    [LoggerMessage(EventId = 2011, EventName = "TriggerTakenUp", Level = LogLevel.Warning, Message = "The scheduler had set {Group}.{Name} aside after an error; it is taken up again.")]
    public static partial void TriggerTakenUp(ILogger logger, string group, string name);

    [LoggerMessage(EventId = 2012, EventName = "ScheduleWatchFailed", Level = LogLevel.Error, Message = "Looking for what the scheduler has set aside failed; it is tried again at the next turn.")]
    public static partial void ScheduleWatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2030, EventName = "RunCosted", Level = LogLevel.Information, Message = "Run {Run} of plan {Plan} put in kronor by {Set}.")]
    public static partial void RunCosted(ILogger logger, string run, string plan, string set);

    [LoggerMessage(EventId = 2031, EventName = "CostingFailed", Level = LogLevel.Error, Message = "Run {Run} of plan {Plan} could not be put in kronor by {Set}; it is tried again at the next turn.")]
    public static partial void CostingFailed(ILogger logger, string run, string plan, string set, Exception exception);

    [LoggerMessage(EventId = 2032, EventName = "CostPoolFailed", Level = LogLevel.Error, Message = "The baselines of {Method} in municipality group {Group} could not be pooled; it is tried again at the next turn.")]
    public static partial void CostPoolFailed(ILogger logger, string method, string group, Exception exception);

    [LoggerMessage(EventId = 2020, EventName = "UploadSweepFailed", Level = LogLevel.Error, Message = "Looking for uploads whose time is over failed; it is tried again at the next turn.")]
    public static partial void UploadSweepFailed(ILogger logger, Exception exception);
}
