using System.Security.Cryptography;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>
/// A folder that is written as one: built beside its place under another name and put there whole, or not at all.
/// A folder that has anything in it is never written over.
/// </summary>
internal sealed class SubmissionFolder : IDisposable
{
    private readonly string _target;
    private readonly string _building;
    private bool _done;

    private SubmissionFolder(string target, string building)
    {
        _target = target;
        _building = building;
    }

    /// <summary>Begins a folder.</summary>
    /// <exception cref="CommandException">There is something at the place already.</exception>
    public static SubmissionFolder Begin(string path)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new CommandException(
                ExitCode.Conflict,
                new($"{path} finns redan och skrivs inte över.", $"{path} is there already and is not written over."),
                new("Välj en ny mapp, eller ta bort den gamla.", "Choose a new folder, or remove the old one."));
        }

        var parent = Path.GetDirectoryName(target);
        if (parent is not null) Directory.CreateDirectory(parent);
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
        var building = Path.Combine(parent ?? target, $".{Path.GetFileName(target)}.{mark}.partial");
        Directory.CreateDirectory(building);
        return new SubmissionFolder(target, building);
    }

    /// <summary>Makes a new file in the folder, or in a folder of it.</summary>
    public FileStream Create(string name)
    {
        var path = Path.Combine(_building, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
    }

    /// <summary>What a manifest says of a file that has been written.</summary>
    public static async Task<ManifestFile> DescribeAsync(FileStream file, long rows, CancellationToken cancellationToken)
    {
        file.Flush(flushToDisk: true);
        file.Position = 0;
        var hash = await SHA256.HashDataAsync(file, cancellationToken);
        return new ManifestFile(Convert.ToHexStringLower(hash), file.Length, rows);
    }

    /// <summary>Puts the folder in its place.</summary>
    public void Finish()
    {
        // Only an empty folder was let through, so nothing is lost with it.
        if (Directory.Exists(_target)) Directory.Delete(_target);
        Directory.Move(_building, _target);
        _done = true;
    }

    /// <summary>Removes what was built unless it was finished.</summary>
    public void Dispose()
    {
        if (!_done && Directory.Exists(_building)) Directory.Delete(_building, recursive: true);
    }
}
