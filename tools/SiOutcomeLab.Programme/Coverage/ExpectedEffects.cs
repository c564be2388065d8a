using System.Collections.Concurrent;
using SiOutcomeLab.Country.Delivering;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Programme.Coverage;

/// <summary>
/// The effect to be expected on participants like a municipality's own: by its multiplier, over thousands who come about in the same way
/// (target group, need, quarters of start, follow-up), and so without the luck of the few dozen who happened to take part.
/// </summary>
/// <remarks>
/// Between two multipliers of the grid the effect is interpolated. All points of the grid have the same persons, so that what chance does to
/// the mean of so many is the same everywhere.
/// </remarks>
internal sealed class ExpectedEffects(ulong seed)
{
    private const double First = -0.4;
    private const double Step = 0.4;
    private const int Points = 8;
    private const int Places = 3;
    private const int ParticipantsOfPlace = 2000;

    private readonly ConcurrentDictionary<(string Case, string Method), Lazy<double[][]>> _curves = [];

    /// <summary>The expected effect.</summary>
    /// <param name="of">The case.</param>
    /// <param name="method">The method.</param>
    /// <param name="multiplier">The municipality's multiplier.</param>
    /// <param name="look">The look, from 1: it has those who started by its last quarter.</param>
    public double At(StudyCase of, string method, double multiplier, int look)
    {
        if (of.IsWithoutEffect) return 0;
        var curve = _curves.GetOrAdd((of.Name, method), _ => new Lazy<double[][]>(() => Curve(of, method))).Value[look - 1];
        var place = (multiplier - First) / Step;
        var left = Math.Clamp((int)Math.Floor(place), 0, Points - 2);
        return curve[left] + ((place - left) * (curve[left + 1] - curve[left]));
    }

    // By look, the points of the grid.
    private double[][] Curve(StudyCase of, string method)
    {
        var points = Enumerable.Range(0, Points).Select(p => EffectsOf(of, method, First + (p * Step))).ToArray();
        return [.. Enumerable.Range(0, points[0].Length).Select(look => points.Select(p => p[look]).ToArray())];
    }

    private double[] EffectsOf(StudyCase of, string method, double multiplier)
    {
        // A multiplier of exactly 0 asks the generator for no effect at all.
        var small = SmallCountry.Make(of.OptionsOf(0, seed) with
        {
            Method = method, Municipalities = Places, Participants = [ParticipantsOfPlace], MeanMultiplier = multiplier == 0 ? 1e-9 : multiplier,
            MultiplierSpread = 0,
        });
        var plan = small.PlanOf(0);
        var participants = small.Municipalities.SelectMany(m => Followed(m, plan)).ToArray();
        return
        [
            .. plan.Looks.Select(look => participants.Where(p => p.Quarter <= Wave.QuarterOf(look.LastIndex)).Average(p => p.Effect)),
        ];
    }

    private static IEnumerable<(int Quarter, double Effect)> Followed(MadeMunicipality municipality, EvaluationPlan plan)
    {
        var (outcome, method) = (plan.Primary, municipality.Design.Interventions[0].Method);
        var people = municipality.Populations.First(p => p.Population.Methods.Contains(method));
        var measure = people.Population.IndexOf(outcome.Measure.Code);
        var schooling = plan.Covariates.Any(c => c.Variable == "education_level");
        return municipality.Participants(method.Code)
            .Where(p => p.IsInTarget && p.IsFollowed(outcome.HorizonPeriods) && (!schooling || people.Education(p.Person) is not null))
            .Select(p => (p.Quarter, p.Effect(measure, outcome.HorizonPeriods, outcome.Summary, Against.NotStartingThen)));
    }
}
