using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Whom a client certificate names: its one subject alternative name of the form <c>silab://organisation/subject</c>.</summary>
internal static class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const string Scheme = "silab://";

    // GeneralName ::= CHOICE { … uniformResourceIdentifier [6] IA5String … }, RFC 5280 section 4.2.1.6.
    private static readonly Asn1Tag UriName = new(TagClass.ContextSpecific, 6);

    public static (OrganisationId Organisation, string Subject)? TryRead(X509Certificate2 certificate)
    {
        var names = new List<string>();
        try
        {
            foreach (var extension in certificate.Extensions.Where(e => e.Oid?.Value == SubjectAlternativeName))
            {
                var general = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
                while (general.HasData)
                {
                    if (!general.PeekTag().HasSameClassAndValue(UriName)) general.ReadEncodedValue();
                    else names.Add(general.ReadCharacterString(UniversalTagNumber.IA5String, UriName));
                }
            }
        }
        catch (AsnContentException)
        {
            return null;
        }

        // Two names would leave it to the reader whose certificate it is.
        var ours = names.Where(n => n.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (ours.Length != 1) return null;
        var parts = ours[0][Scheme.Length..].Split('/');
        return parts.Length == 2 && CodeRule.IsValid(parts[0]) && SubjectRule.IsValid(parts[1]) ? (new OrganisationId(parts[0]), parts[1]) : null;
    }
}
