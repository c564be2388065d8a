using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// The plans whose baselines are pooled: of one method over one horizon, each municipality's that was registered last, at its latest look that
/// a run has succeeded at. By municipality group where each of the method's municipalities is in one, otherwise over the country, and never
/// both: the country less the groups that are shown would tell of those that are not.
/// </summary>
/// <param name="Project">The project.</param>
/// <param name="Method">The method.</param>
/// <param name="MunicipalityGroup">The municipality group, or <see cref="BaselineScope.WholeCountry"/>.</param>
/// <param name="HorizonYears">Whole years that are counted; at least one.</param>
/// <param name="Looks">The looks, by municipality.</param>
public sealed record CostPoolInputs(
    ProjectId Project, string Method, string MunicipalityGroup, int HorizonYears, IReadOnlyList<CurrentLook> Looks)
{
    /// <summary>Of fewer municipalities nothing of personal data may be shown: three must be left without the largest.</summary>
    public const int FewestMunicipalities = 4;

    /// <summary>Hash of plans, looks, runs and terms.</summary>
    /// <param name="termsMark">The mark of the terms.</param>
    public string HashOn(string termsMark) => HashOf(Looks.Select(l => $"{l.Registered.Hash} {l.Look} {l.RunId}").Prepend($"{Project} {termsMark}"));

    /// <summary>All pools that the looks of the catalogue make.</summary>
    /// <param name="looks">The latest looks; those of other organisations than municipalities make none.</param>
    public static IReadOnlyList<CostPoolInputs> Of(IEnumerable<CurrentLook> looks) => Of(looks, PlanCosting.MunicipalityGroupOf);

    internal static IReadOnlyList<CostPoolInputs> Of(IEnumerable<CurrentLook> looks, Func<EvaluationPlan, string> groupOf)
    {
        var alike = looks.Where(l => l.Registered.Plan.Organisation.IsMunicipality && CostingPlan.Years(l.Registered.Plan) > 0)
            .GroupBy(l => (l.Registered.Plan.Project, l.Method, Years: CostingPlan.Years(l.Registered.Plan)))
            .OrderBy(g => g.Key.Project.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Method, StringComparer.Ordinal).ThenBy(g => g.Key.Years);
        var pools = new List<CostPoolInputs>();
        foreach (var group in alike)
        {
            CurrentLook[] newest = [.. group.GroupBy(l => l.Registered.Plan.Organisation).Select(NewestOf)];
            var areGrouped = newest.All(l => groupOf(l.Registered.Plan).Length > 0);
            pools.AddRange(newest.GroupBy(l => areGrouped ? groupOf(l.Registered.Plan) : BaselineScope.WholeCountry)
                .Where(p => p.Count() >= FewestMunicipalities)
                .OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => new CostPoolInputs(
                    group.Key.Project,
                    group.Key.Method,
                    p.Key,
                    group.Key.Years,
                    [.. p.OrderBy(l => l.Registered.Plan.Organisation.Code, StringComparer.Ordinal)])));
        }

        return pools;
    }

    internal static string HashOf(IEnumerable<string> lines) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));

    private static CurrentLook NewestOf(IEnumerable<CurrentLook> looks) =>
        looks.OrderByDescending(l => l.Registered.RegisteredAt).ThenBy(l => l.Registered.Plan.Id, StringComparer.Ordinal).First();
}
