using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using Wire = SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Hub.Features.Runs;

/// <summary>Runs on the wire.</summary>
internal static class RunMapping
{
    public static Wire.Run ToWire(Run run) => new()
    {
        Name = $"runs/{run.Id}",
        Plan = run.PlanId,
        PlanVersion = run.PlanVersion,
        Organisation = run.Organisation.Code,
        SnapshotHash = run.SnapshotHash,
        Look = run.Look,
        State = (Wire.RunState)run.State,
        Stage = (Wire.RunStage)run.Stage,
        Error = run.Error ?? string.Empty,
        QueuedAt = Timestamp.FromDateTimeOffset(run.QueuedAt),
        FinishedAt = run.FinishedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        Attempts = run.Attempts,
        NextTryAt = run.NextTryAt is { } next ? Timestamp.FromDateTimeOffset(next) : null,
        Cause = (Wire.RunCause)run.Cause,
    };

    public static Wire.ReproduceRunResponse ToWire(ReproductionAnswer answer) => new()
    {
        Verdict = (Wire.ReproductionVerdict)answer.Verdict,
        ErasedAt = answer.ErasedAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        KeptBy = answer.KeptBy,
        MadeBy = answer.MadeBy,
    };
}
