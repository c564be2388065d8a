using System.Globalization;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Storage.Catalogue.Sql;

/// <summary>An intervention as the catalogue keeps it.</summary>
internal sealed class InterventionRow
{
    public const string Columns = """
        organisation AS Organisation, code AS Code, method AS Method, name_sv AS NameSv, name_en AS NameEn,
        cost_per_participant_sek AS CostPerParticipantSek, price_year AS PriceYear
        """;

    public const string Insert = """
        INSERT INTO intervention (organisation, code, method, name_sv, name_en, cost_per_participant_sek, price_year)
        VALUES (@Organisation, @Code, @Method, @NameSv, @NameEn, @CostPerParticipantSek, @PriceYear)
        ON CONFLICT DO NOTHING
        """;

    public string Organisation { get; init; } = string.Empty;

    public string Code { get; init; } = string.Empty;

    public string Method { get; init; } = string.Empty;

    public string NameSv { get; init; } = string.Empty;

    public string NameEn { get; init; } = string.Empty;

    public string? CostPerParticipantSek { get; init; }

    public long? PriceYear { get; init; }

    public static InterventionRow Of(Intervention i) => new()
    {
        Organisation = i.Organisation.Code,
        Code = i.Code.Code,
        Method = i.Method,
        NameSv = i.Name.Sv,
        NameEn = i.Name.En,
        CostPerParticipantSek = i.CostPerParticipantSek?.ToString(CultureInfo.InvariantCulture),
        PriceYear = i.PriceYear,
    };

    public Intervention ToIntervention() => new(
        new OrganisationId(Organisation),
        new InterventionCode(Code),
        Method,
        new BilingualText(NameSv, NameEn),
        CostPerParticipantSek is null ? null : decimal.Parse(CostPerParticipantSek, CultureInfo.InvariantCulture),
        (int?)PriceYear);
}
