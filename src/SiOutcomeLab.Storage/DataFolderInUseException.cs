namespace SiOutcomeLab.Storage;

/// <summary>
/// Another process holds the data folder. Two hubs on one folder would not see each other's locks, so the second one must not start.
/// </summary>
/// <param name="path">The data folder.</param>
/// <param name="processId">The process that holds it, as it wrote itself down; null when it could not be read.</param>
/// <param name="innerException">What the operating system said.</param>
public sealed class DataFolderInUseException(string path, int? processId, Exception innerException)
    : Exception(
        $"The data folder {path} is in use by {(processId is { } id ? $"process {id}" : "another process")}. "
        + "Stop that hub, or give this one a data folder of its own.",
        innerException)
{
    /// <summary>The data folder.</summary>
    public string Path { get; } = path;

    /// <summary>The process that holds it; null when unknown.</summary>
    public int? ProcessId { get; } = processId;
}
