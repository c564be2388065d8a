using System.Globalization;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using Wire = SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Mapping;

/// <summary>Interventions on the wire and back.</summary>
public static class InterventionMapping
{
    /// <summary>An intervention.</summary>
    public static Wire.Intervention ToWire(Intervention intervention)
    {
        var wire = new Wire.Intervention
        {
            Organisation = intervention.Organisation.Code,
            Code = intervention.Code.Code,
            Method = intervention.Method,
            NameSv = intervention.Name.Sv,
            NameEn = intervention.Name.En,
        };
        if (intervention.CostPerParticipantSek is { } cost) wire.CostPerParticipantSek = cost.ToString(CultureInfo.InvariantCulture);
        if (intervention.PriceYear is { } year) wire.PriceYear = year;
        return wire;
    }

    /// <summary>Reads an intervention that a caller sent.</summary>
    /// <exception cref="FieldsInvalidException">A field is not allowed; every such field is named.</exception>
    public static Intervention ToDomain(Wire.Intervention? wire)
    {
        if (wire is null) throw new FieldsInvalidException([("intervention", "must be present.")]);
        var problems = new List<(string Field, string Problem)>();
        Check(CodeRule.IsValid(wire.Code), "code", "must be 1–40 of a–z, 0–9, - and _.");
        Check(CodeRule.IsValid(wire.Method), "method", "must be 1–40 of a–z, 0–9, - and _.");
        Check(!string.IsNullOrWhiteSpace(wire.NameSv) && wire.NameSv.Length <= 200, "name_sv", "must be 1–200 characters.");
        Check(!string.IsNullOrWhiteSpace(wire.NameEn) && wire.NameEn.Length <= 200, "name_en", "must be 1–200 characters.");
        Check(wire.HasCostPerParticipantSek == wire.HasPriceYear, "price_year", "must be set exactly when a cost is stated.");
        Check(!wire.HasPriceYear || wire.PriceYear is >= 1990 and <= 2100, "price_year", "must be 1990–2100.");
        var cost = 0m;
        Check(
            !wire.HasCostPerParticipantSek
                || (decimal.TryParse(wire.CostPerParticipantSek, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out cost) && cost <= 100_000_000m),
            "cost_per_participant_sek",
            "must be a decimal number with a point, 0 to 100000000.");
        if (problems.Count > 0) throw new FieldsInvalidException(problems);
        return new Intervention(
            new OrganisationId(wire.Organisation),
            new InterventionCode(wire.Code),
            wire.Method,
            new BilingualText(wire.NameSv, wire.NameEn),
            wire.HasCostPerParticipantSek ? cost : null,
            wire.HasPriceYear ? wire.PriceYear : null);

        void Check(bool holds, string field, string problem)
        {
            if (!holds) problems.Add((field, problem));
        }
    }
}
