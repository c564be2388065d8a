namespace SiOutcomeLab.Storage.Backup;

/// <summary>Why a backup cannot be made or restored.</summary>
public enum BackupProblem
{
    /// <summary>There is no data folder, or no backup, where one was named.</summary>
    NotThere = 1,

    /// <summary>There is something where the result was to be.</summary>
    TargetTaken = 2,

    /// <summary>A file is missing or is not what its hash says.</summary>
    FileDamaged = 3,

    /// <summary>A newer version wrote the backup.</summary>
    TooNew = 4,

    /// <summary>The data kept changing under the backup.</summary>
    Restless = 5,

    /// <summary>The data are where they have a backup of their own: a database server, a shared lake.</summary>
    OtherMeans = 6,
}

/// <summary>A backup cannot be made or restored. Nothing stands at the target that could be taken for a whole one.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="path">Where.</param>
/// <param name="message">What is wrong, where, and what to do.</param>
/// <param name="innerException">What lies behind it; null when nothing does.</param>
public sealed class BackupException(BackupProblem problem, string path, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What is wrong.</summary>
    public BackupProblem Problem { get; } = problem;

    /// <summary>Where.</summary>
    public string Path { get; } = path;
}
