using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Holds the measures of a file against what its sender may send.</summary>
internal static class OwningSourceCheck
{
    public static void Note(IEnumerable<ContractColumn> taken, OrganisationId organisation, SubmissionPart part, FindingLog log)
    {
        if (MunicipalityRegister.Current.IsTeaching(organisation.Code)) return;
        var sources = OrganisationRegister.Current.SourcesOf(organisation);
        foreach (var column in taken)
        {
            if (!column.IsMeasure || !MeasureCatalogue.Current.TryFind(column.Name, out var measure)) continue;
            if (!sources.Any(measure.MayComeFrom))
            {
                log.Add(SchemaRules.NotOwnMeasure, part, column.Name, null, SourceWords.Of(measure.OwningSource));
            }
        }
    }
}
