namespace SiOutcomeLab.Hub.Web;

/// <summary>Which call a page shows: who may make that call may see the page, and the audit log names it.</summary>
/// <param name="Call">The call, as <see cref="Identity.CallRules"/> has it.</param>
internal sealed record PageRule(string Call);
