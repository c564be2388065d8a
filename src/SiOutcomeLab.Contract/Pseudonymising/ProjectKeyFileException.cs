namespace SiOutcomeLab.Contract;

/// <summary>Why a key file is not taken.</summary>
public enum ProjectKeyFileFault
{
    /// <summary>There is no such file.</summary>
    Missing = 1,

    /// <summary>There is a file already where a new key was to be written.</summary>
    Exists = 2,

    /// <summary>Others than its owner may read or change it.</summary>
    OpenToOthers = 3,

    /// <summary>It is no key file, or a part of it is missing or of the wrong form.</summary>
    Malformed = 4,

    /// <summary>Its key is not the one that its id names: the file was damaged or edited.</summary>
    Damaged = 5,
}

/// <summary>A key file cannot be used. The message names the file and the fault, never its content.</summary>
public sealed class ProjectKeyFileException : Exception
{
    /// <summary>Says what is wrong with which file.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="path">The file.</param>
    public ProjectKeyFileException(ProjectKeyFileFault fault, string path)
        : base($"The key file {path} cannot be used: {fault}.")
    {
        Fault = fault;
        Path = path;
    }

    /// <summary>What is wrong.</summary>
    public ProjectKeyFileFault Fault { get; }

    /// <summary>The file.</summary>
    public string Path { get; }
}
