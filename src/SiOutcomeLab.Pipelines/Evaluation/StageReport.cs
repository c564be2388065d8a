using SiOutcomeLab.Domain.Runs;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Called when a run enters a stage.</summary>
internal delegate Task StageReport(RunStage stage, CancellationToken cancellationToken);
