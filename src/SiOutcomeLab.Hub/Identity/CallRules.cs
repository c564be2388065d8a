using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>Whose things a call is about.</summary>
internal enum TenantRule
{
    /// <summary>Nobody's in particular: public facts, or what has been released.</summary>
    Public = 1,

    /// <summary>The caller's organisation's own, which the request names; naming another is refused.</summary>
    OwnNamed = 2,

    /// <summary>The caller's organisation's own; another's is answered as one that does not exist.</summary>
    OwnOnly = 3,

    /// <summary>The caller's organisation's own; a steward sees all.</summary>
    OwnOrSteward = 4,
}

/// <summary>Who may make a call, and about whose things.</summary>
/// <param name="Method">The call, <c>/package.Service/Method</c>.</param>
/// <param name="Tenant">Whose things.</param>
/// <param name="Roles">Any of these may.</param>
internal sealed record CallRule(string Method, TenantRule Tenant, params Role[] Roles);

/// <summary>The one table of role × tenant × call. A call without a row is refused to everybody, and fails a test.</summary>
internal static class CallRules
{
    public static IReadOnlyList<CallRule> All { get; } =
    [
        new("/sioutcomelab.intake.v1.IntakeService/PushSubmission", TenantRule.OwnNamed, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/CreateUpload", TenantRule.OwnNamed, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/UploadFile", TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/GetUpload", TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/ListUploads", TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/CancelUpload", TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/FinaliseUpload", TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/GetReceipt", TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/GetSubmission", TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/ListSubmissions", TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/RegisterIntervention", TenantRule.OwnNamed, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/ListInterventions", TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.plans.v1.PlanService/RegisterPlan", TenantRule.OwnNamed, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/GetPlan", TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.plans.v1.PlanService/ListPlans", TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.runs.v1.RunService/GetRun", TenantRule.OwnOrSteward, Role.Submitter, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.RunService/ListRuns", TenantRule.OwnOrSteward, Role.Submitter, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.RunService/WatchRun", TenantRule.OwnOrSteward, Role.Submitter, Role.Analyst, Role.Steward),
        new("/sioutcomelab.effects.v1.EffectService/GetEffect", TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.effects.v1.EffectService/ListEffects", TenantRule.Public, Role.Anonymous),
        new("/grpc.health.v1.Health/Check", TenantRule.Public, Role.Anonymous),
        new("/grpc.health.v1.Health/List", TenantRule.Public, Role.Anonymous),
        new("/grpc.health.v1.Health/Watch", TenantRule.Public, Role.Anonymous),
        new("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", TenantRule.Public, Role.Anonymous),
    ];

    private static readonly Dictionary<string, CallRule> ByMethod = All.ToDictionary(r => r.Method, StringComparer.Ordinal);

    public static CallRule? Of(string method) => ByMethod.GetValueOrDefault(method);
}
