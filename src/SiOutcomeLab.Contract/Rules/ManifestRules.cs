using static SiOutcomeLab.Contract.RuleOf;

namespace SiOutcomeLab.Contract;

/// <summary>Rules about the manifest by itself.</summary>
internal static class ManifestRules
{
    public static readonly ContractRule Malformed = Error(
        "MANIFEST_MALFORMED",
        "Manifestet är inte ett giltigt JSON-objekt.",
        "The manifest is not a valid JSON object.",
        "Spara manifestet som JSON i UTF-8, med varje egenskap högst en gång.",
        "Save the manifest as JSON in UTF-8, with each property at most once.");

    public static readonly ContractRule TooLarge = Error(
        "MANIFEST_TOO_LARGE",
        "Manifestet är större än 1 MB.",
        "The manifest is larger than 1 MB.",
        "Ett manifest beskriver leveransen; lägg data i filerna.",
        "A manifest describes the delivery; put data in the files.");

    public static readonly ContractRule Version = Error(
        "MANIFEST_VERSION",
        "Manifestets schema_version är inte 1.",
        "The manifest's schema_version is not 1.",
        "Skriv schema_version: 1 och följ avtalets version 1.",
        "Write schema_version: 1 and follow version 1 of the contract.");

    public static readonly ContractRule UnknownProperty = Error(
        "MANIFEST_UNKNOWN_PROPERTY",
        "Manifestet har en egenskap som avtalet inte känner till.",
        "The manifest has a property that the contract does not know.",
        "Ta bort egenskapen eller rätta dess namn.",
        "Remove the property or correct its name.");

    public static readonly ContractRule MissingProperty = Error(
        "MANIFEST_MISSING_PROPERTY",
        "Manifestet saknar en egenskap som måste finnas.",
        "The manifest lacks a property that must be there.",
        "Lägg till egenskapen.",
        "Add the property.");

    public static readonly ContractRule InvalidValue = Error(
        "MANIFEST_INVALID_VALUE",
        "En egenskap i manifestet har ett värde som den inte får ha.",
        "A property of the manifest has a value that it may not have.",
        "Se avtalet: koder är 1–40 tecken a–z, 0–9, - eller _; perioder står i tidsordning, en gång var, med rätt längd; "
        + "texter är 1–2 000 tecken; hashar är 64 hexadecimala gemener.",
        "See the contract: codes are 1–40 characters a–z, 0–9, - or _; periods stand in time order, once each, of the right "
        + "length; texts are 1–2,000 characters; hashes are 64 lower-case hexadecimal digits.");

    public static readonly ContractRule OpenData = Error(
        "MANIFEST_OPEN_DATA",
        "Policyn open-data gäller bara undervisningsdata, och organisationen är ingen undervisningskommun.",
        "The policy open-data is for teaching data only, and the organisation is no teaching municipality.",
        "Skriv policy: standard.",
        "Write policy: standard.");

    public static readonly ContractRule OrganisationNotCaller = Error(
        "MANIFEST_ORGANISATION",
        "Manifestet är skrivet för en annan organisation än den som sänder.",
        "The manifest is written for another organisation than the one that sends.",
        "Sänd med den egna organisationens uppgifter, eller rätta organisation i manifestet.",
        "Send with your own organisation's credentials, or correct the organisation in the manifest.");

    public static readonly ContractRule PseudonymKey = Error(
        "MANIFEST_PSEUDONYM_KEY",
        "Pseudonymerna är gjorda med en annan nyckel än projektets ({0}): samma person skulle bli två.",
        "The pseudonyms were made with another key than the project's ({0}): the same person would become two.",
        "Gör om leveransen med projektets nyckelfil: silab pseudonymise --key FIL; silab identity key show FIL visar vilken den är. "
        + "Är det som står gjort med fel nyckel: ersätt det (supersedes) eller dra tillbaka det, silab custody withdraw.",
        "Make the delivery anew with the project's key file: silab pseudonymise --key FILE; silab identity key show FILE tells which it is. "
        + "If what stands has the wrong key: replace it (supersedes), or withdraw it, silab custody withdraw.");
}
