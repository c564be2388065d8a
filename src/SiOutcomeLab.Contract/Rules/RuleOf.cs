using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Makes the rows of the rule table.</summary>
internal static class RuleOf
{
    public static ContractRule Error(string code, string sv, string en, string remedySv, string remedyEn) =>
        new(code, Severity.Error, new BilingualText(sv, en), new BilingualText(remedySv, remedyEn));

    public static ContractRule Warning(string code, string sv, string en, string remedySv, string remedyEn) =>
        new(code, Severity.Warning, new BilingualText(sv, en), new BilingualText(remedySv, remedyEn));
}
