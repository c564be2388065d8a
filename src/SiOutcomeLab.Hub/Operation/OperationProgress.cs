using SiOutcomeLab.Domain;
using SiOutcomeLab.Storage.Backup;

namespace SiOutcomeLab.Hub.Operation;

/// <summary>How far an operation has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Done">Bytes done of this step.</param>
/// <param name="Total">Bytes of this step; 0 when unknown.</param>
public sealed record OperationProgress(BilingualText Step, long Done, long Total)
{
    internal static IProgress<BackupProgress>? From(IProgress<OperationProgress>? progress) => progress is null ? null : new Relay(progress);

    private static BilingualText Words(BackupStep step) => step switch
    {
        BackupStep.CopyingCatalogue => new("Kopierar katalogen", "Copying the catalogue"),
        BackupStep.CopyingObjects => new("Kopierar lakens objekt", "Copying the lake's objects"),
        _ => new("Jämför kontrollsummor", "Comparing hashes"),
    };

    // Told at once and in order, which Progress<T> does not promise.
    private sealed class Relay(IProgress<OperationProgress> progress) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value) => progress.Report(new OperationProgress(Words(value.Step), value.DoneBytes, value.TotalBytes));
    }
}
