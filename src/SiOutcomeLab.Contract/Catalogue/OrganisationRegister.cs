using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract;

/// <summary>A region or state agency that sends follow-up data.</summary>
/// <param name="Code">Its code in manifests.</param>
/// <param name="SendsFor">Whose figures it may send: its own kind, or for Statistics Sweden every owner of a register.</param>
/// <param name="Name">Its name.</param>
public sealed record SendingOrganisation(string Code, IReadOnlyList<OwningSource> SendsFor, BilingualText Name);

/// <summary>
/// The organisations that are no municipalities, and what each may send. Read once from the embedded table; immutable.
/// </summary>
public sealed class OrganisationRegister
{
    private readonly FrozenDictionary<string, SendingOrganisation> _byCode;

    private OrganisationRegister(IReadOnlyList<SendingOrganisation> all)
    {
        All = all;
        _byCode = all.ToFrozenDictionary(o => o.Code, StringComparer.Ordinal);
    }

    /// <summary>The register of this version.</summary>
    public static OrganisationRegister Current { get; } = new(
    [
        .. CatalogueTable.Embedded("organisations.csv").Rows().Select(row => new SendingOrganisation(
            row["code"], row.Words<OwningSource>("sends_for"), new BilingualText(row["name_sv"], row["name_en"]))),
    ]);

    /// <summary>Regions by county, then agencies.</summary>
    public IReadOnlyList<SendingOrganisation> All { get; }

    /// <summary>Finds an organisation by its code.</summary>
    /// <param name="code">The code.</param>
    /// <param name="organisation">The organisation, when there is one.</param>
    public bool TryFind(string code, [NotNullWhen(true)] out SendingOrganisation? organisation) => _byCode.TryGetValue(code, out organisation);

    /// <summary>
    /// Whose figures an organisation may send: a municipality its own kind's; none for an organisation that is not in the register.
    /// </summary>
    /// <param name="organisation">The organisation.</param>
    public IReadOnlyList<OwningSource> SourcesOf(OrganisationId organisation)
    {
        if (organisation.IsMunicipality) return [OwningSource.Municipality];
        return TryFind(organisation.Code, out var known) ? known.SendsFor : [];
    }
}
