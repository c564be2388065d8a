using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>
/// Stands in for the catalogue: durable at its commit, which SQLite promises on its own (<c>synchronous=FULL</c>; its file operations are
/// its own, and not simulated here).
/// </summary>
internal sealed class SimulatedCatalogue
{
    private readonly List<(int Sender, LakeObject Named)> _rows = [];

    public IReadOnlyList<(int Sender, LakeObject Named)> Rows => _rows;

    public HashSet<string> Named => [.. _rows.Select(r => r.Named.Sha256)];

    /// <summary>Takes a submission in; the same sender's again is the same submission.</summary>
    public void Commit(int sender, LakeObject named)
    {
        if (_rows.All(r => r.Sender != sender)) _rows.Add((sender, named));
    }

    public void Withdraw(int sender) => _rows.RemoveAll(r => r.Sender == sender);
}
