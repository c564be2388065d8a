using System.Runtime.CompilerServices;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Pools;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>
/// What is read for all municipalities' plans of a project together. A national project has thousands of submissions and hundreds of plans:
/// it is made once of each list that the catalogue hands out, and goes with the list.
/// </summary>
internal sealed class SharedSubmissions
{
    private static readonly ConditionalWeakTable<IReadOnlyList<Submission>, SharedSubmissions> Made = [];

    private readonly HashSet<(long, string, string?)> _held;
    private readonly Submission[] _owners;

    private SharedSubmissions(ProjectId project, IEnumerable<Submission> live)
    {
        Snapshot = Snapshot.Of(project, live.Where(PlanPool.IsShared));
        _held = [.. Snapshot.Submissions.Select(Key)];
        _owners = [.. Snapshot.Submissions.Where(s => !s.Organisation.IsMunicipality)];
    }

    /// <summary>All of it.</summary>
    public Snapshot Snapshot { get; }

    /// <summary>What is shared of a project's live submissions.</summary>
    /// <param name="project">The project.</param>
    /// <param name="live">Its live submissions, as the catalogue handed them out.</param>
    public static SharedSubmissions Of(ProjectId project, IReadOnlyList<Submission> live) =>
        Made.GetValue(live, list => new SharedSubmissions(project, list));

    /// <summary>
    /// Whether a snapshot can be read from it: every file of the snapshot is among the shared ones as it is, and nobody else has told of the
    /// variables since.
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="variables">What is read of it.</param>
    public bool Holds(Snapshot snapshot, IReadOnlyList<string> variables)
    {
        var tells = new Dictionary<OrganisationId, bool>();
        return snapshot.Submissions.All(s => _held.Contains(Key(s)))
            && Told(_owners).SequenceEqual(Told(snapshot.Submissions.Where(s => !s.Organisation.IsMunicipality)));

        IEnumerable<(long, string, string?)> Told(IEnumerable<Submission> owners) =>
            owners.Where(s => Tells(s.Organisation)).Select(Key);

        bool Tells(OrganisationId owner)
        {
            if (tells.TryGetValue(owner, out var does)) return does;
            return tells[owner] = OwnedMeasures.Of(owner, variables).Count > 0;
        }
    }

    private static (long Sequence, string Observations, string? Participations) Key(Submission s) =>
        (s.Sequence, s.Observations.Sha256, s.Participations?.Sha256);
}
