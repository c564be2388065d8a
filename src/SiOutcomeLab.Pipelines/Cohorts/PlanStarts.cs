using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts.Reading;

namespace SiOutcomeLab.Pipelines.Cohorts;

/// <summary>When each person first started an intervention that counts, by the person's number. Starts are dates, and count whatever the
/// length of the periods that came with them.</summary>
internal sealed class PlanStarts
{
    /// <summary>The ordinal of a period that never comes.</summary>
    public const int Never = int.MaxValue;

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly int[] _own;
    private readonly int[] _sameMethod;
    private readonly Dictionary<int, int> _ownGroup = [];

    public PlanStarts(EvaluationPlan plan, string method, IReadOnlyDictionary<(OrganisationId, string), string> methods, PlanView view, Func<Submission, bool> isVisible)
    {
        var store = view.Store;
        _own = new int[store.People.Count];
        _sameMethod = new int[store.People.Count];
        Array.Fill(_own, Never);
        Array.Fill(_sameMethod, Never);
        var participations = store.Participations;
        string[] methodOf = [.. participations.Interventions.Select(i => methods.GetValueOrDefault(i, string.Empty))];
        bool[] visible = [.. participations.Sources.Select(isVisible)];
        var received = new List<ReceivedStart>();
        foreach (var row in participations.Rows)
        {
            if (!visible[row.Source] || methodOf[row.Intervention].Length == 0) continue;
            var period = Period.Containing(DateOnly.FromDayNumber(UnixEpochDay + row.StartDay), plan.PeriodLength).Ordinal;
            var isOwn = participations.Interventions[row.Intervention] == (plan.Organisation, plan.Intervention.Code);
            received.Add(new ReceivedStart(row.Person, period, methodOf[row.Intervention], isOwn));
            if (methodOf[row.Intervention] != method) continue;
            _sameMethod[row.Person] = Math.Min(_sameMethod[row.Person], period);
            if (!isOwn || period >= _own[row.Person]) continue;
            _own[row.Person] = period;
            if (row.Group >= 0) _ownGroup[row.Person] = row.Group;
            else _ownGroup.Remove(row.Person);
        }

        Received = received;
    }

    /// <summary>Every start that the plan may see, of whatever method, in the order of the files.</summary>
    public IReadOnlyList<ReceivedStart> Received { get; }

    /// <summary>The ordinal of the person's first start in the plan's own intervention, or <see cref="Never"/>.</summary>
    public int Own(int person) => _own[person];

    /// <summary>The ordinal of the first start in any intervention of the same method, the plan's own among them.</summary>
    public int SameMethod(int person) => _sameMethod[person];

    /// <summary>The group in which the person first took part in the plan's intervention, or −1.</summary>
    public int OwnGroup(int person) => _ownGroup.GetValueOrDefault(person, -1);

    /// <summary>The persons whose first own start is within the window, by number.</summary>
    public IEnumerable<int> StartedWithin(Period first, Period last)
    {
        for (var person = 0; person < _own.Length; person++)
        {
            if (_own[person] >= first.Ordinal && _own[person] <= last.Ordinal) yield return person;
        }
    }
}

/// <summary>A start in some intervention.</summary>
/// <param name="Person">The person's number.</param>
/// <param name="Period">The period's ordinal.</param>
/// <param name="Method">The intervention's method.</param>
/// <param name="IsOwn">Whether it is the plan's own intervention.</param>
internal readonly record struct ReceivedStart(int Person, int Period, string Method, bool IsOwn);
