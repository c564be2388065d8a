using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Submissions;

/// <summary>An immutable list of the submissions whose lake objects a run may read.</summary>
public sealed record Snapshot
{
    private Snapshot(ProjectId project, IReadOnlyList<Submission> submissions, string hash)
    {
        Project = project;
        Submissions = submissions;
        Hash = hash;
    }

    /// <summary>The project; a snapshot never spans two.</summary>
    public ProjectId Project { get; }

    /// <summary>The submissions, in the order they were committed.</summary>
    public IReadOnlyList<Submission> Submissions { get; }

    /// <summary>
    /// SHA-256 over the ordered list of submissions with object hashes and allowed uses: what the run could read, and nothing else. The
    /// same content sent again after a withdrawal is another submission, and so another snapshot.
    /// </summary>
    public string Hash { get; }

    /// <summary>Makes the snapshot of <paramref name="submissions"/>, ordered by commit.</summary>
    /// <exception cref="ArgumentException">A submission belongs to another project.</exception>
    public static Snapshot Of(ProjectId project, IEnumerable<Submission> submissions)
    {
        var ordered = submissions.OrderBy(s => s.Sequence).ToArray();
        if (Array.Exists(ordered, s => s.Project != project))
        {
            throw new ArgumentException($"A snapshot of project {project} was given a submission of another project.", nameof(submissions));
        }

        var text = new StringBuilder("snapshot-v2\n").Append(project.Code).Append('\n');
        foreach (var s in ordered)
        {
            text.Append(s.Sequence).Append(' ').Append(s.Organisation.Code).Append(' ').Append((int)s.AllowedUses).Append(' ').Append((int)s.Policy).Append(' ')
                .Append(s.Observations.Sha256).Append(' ').Append(s.Participations?.Sha256 ?? "-").Append('\n');
        }

        return new Snapshot(project, ordered, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))));
    }
}
