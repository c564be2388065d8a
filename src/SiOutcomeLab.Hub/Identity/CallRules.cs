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

    /// <summary>The hub's own workings: the lab's stewards alone.</summary>
    Lab = 5,
}

/// <summary>What a call does, which decides how it is recorded and what it must come with.</summary>
internal enum CallEffect
{
    /// <summary>Changes nothing: recorded soon after.</summary>
    Read = 1,

    /// <summary>Changes something: recorded before it is acknowledged.</summary>
    Write = 2,

    /// <summary>
    /// As <see cref="Write"/>, and brings follow-up data, hands it out or removes it: on a hub with TLS, from a connection with a client
    /// certificate only.
    /// </summary>
    MoveData = 3,
}

/// <summary>Who may make a call, and about whose things.</summary>
/// <param name="Method">The call, <c>/package.Service/Method</c>.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Tenant">Whose things.</param>
/// <param name="Roles">Any of these may.</param>
internal sealed record CallRule(string Method, CallEffect Effect, TenantRule Tenant, params Role[] Roles)
{
    /// <summary>Whether a caller may make this call about a thing of an organisation's.</summary>
    public bool Admits(Caller caller, OrganisationId owner) => caller.IsAny(Roles) && Tenant switch
    {
        TenantRule.Public => true,
        TenantRule.OwnOrSteward => caller.Organisation == owner || caller.IsAny(Role.Steward),
        TenantRule.Lab => caller.IsAny(Role.Steward),
        _ => caller.Organisation == owner,
    };
}

/// <summary>The one table of role × tenant × call. A call without a row is refused to everybody, and fails a test.</summary>
internal static class CallRules
{
    public static IReadOnlyList<CallRule> All { get; } =
    [
        new("/sioutcomelab.intake.v1.IntakeService/CreateUpload", CallEffect.MoveData, TenantRule.OwnNamed, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/UploadFile", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/GetUpload", CallEffect.Read, TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/ListUploads", CallEffect.Read, TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/CancelUpload", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/FinaliseUpload", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.intake.v1.IntakeService/GetReceipt", CallEffect.Read, TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/GetSubmission", CallEffect.Read, TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.intake.v1.IntakeService/ListSubmissions", CallEffect.Read, TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.custody.v1.CustodyService/GetSubmissionLife", CallEffect.Read, TenantRule.OwnOnly, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.custody.v1.CustodyService/WithdrawSubmission", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.custody.v1.CustodyService/SetRetention", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.custody.v1.CustodyService/ReturnOwnData", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.custody.v1.CustodyService/ErasePerson", CallEffect.MoveData, TenantRule.OwnOnly, Role.Submitter),
        new("/sioutcomelab.plans.v1.PlanService/RegisterIntervention", CallEffect.Write, TenantRule.OwnNamed, Role.Submitter, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/ListInterventions", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.plans.v1.PlanService/SaveDraft", CallEffect.Write, TenantRule.OwnNamed, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/GetDraft", CallEffect.Read, TenantRule.OwnOnly, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/ListDrafts", CallEffect.Read, TenantRule.OwnOnly, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/DiscardDraft", CallEffect.Write, TenantRule.OwnOnly, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/AssessFeasibility", CallEffect.Read, TenantRule.OwnNamed, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/RegisterPlan", CallEffect.Write, TenantRule.OwnNamed, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/AmendPlan", CallEffect.Write, TenantRule.OwnNamed, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/ClosePlan", CallEffect.Write, TenantRule.OwnNamed, Role.Analyst),
        new("/sioutcomelab.plans.v1.PlanService/GetPlan", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.plans.v1.PlanService/ListPlans", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.runs.v1.EvaluationService/StartRun", CallEffect.Write, TenantRule.OwnOrSteward, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.EvaluationService/CancelRun", CallEffect.Write, TenantRule.OwnOrSteward, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.EvaluationService/RestartCosting", CallEffect.Write, TenantRule.OwnOrSteward, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.EvaluationService/GetRun", CallEffect.Read, TenantRule.OwnOrSteward, Role.Submitter, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.EvaluationService/ListRuns", CallEffect.Read, TenantRule.OwnOrSteward, Role.Submitter, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.EvaluationService/ReproduceRun", CallEffect.Read, TenantRule.OwnOrSteward, Role.Analyst, Role.Steward),
        new("/sioutcomelab.runs.v1.EvaluationService/WatchRun", CallEffect.Read, TenantRule.OwnOrSteward, Role.Submitter, Role.Analyst, Role.Steward),
        new("/sioutcomelab.effects.v1.EffectService/GetEffect", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.effects.v1.EffectService/ListEffects", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.effects.v1.EffectService/ExportEffects", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.explanations.v1.ExplanationService/ExplainEffect", CallEffect.Read, TenantRule.OwnOrSteward, Role.Analyst, Role.Steward),
        new("/sioutcomelab.benchmarks.v1.BenchmarkService/GetBenchmark", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.benchmarks.v1.BenchmarkService/ListBenchmarks", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.costs.v1.CostService/GetCostBaseline", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.costs.v1.CostService/ListCostBaselines", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.costs.v1.CostService/GetSaving", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.costs.v1.CostService/ListSavings", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.costs.v1.CostService/ListUnitCosts", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.costs.v1.CostService/CompareUnitCosts", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.identity.v1.IdentityService/GetCaller", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/sioutcomelab.identity.v1.IdentityService/GrantRole", CallEffect.Write, TenantRule.Lab, Role.Steward),
        new("/sioutcomelab.identity.v1.IdentityService/RemoveRole", CallEffect.Write, TenantRule.Lab, Role.Steward),
        new("/sioutcomelab.identity.v1.IdentityService/ListRoles", CallEffect.Read, TenantRule.Lab, Role.Steward),
        new("/sioutcomelab.identity.v1.IdentityService/RevokeCredential", CallEffect.Write, TenantRule.Lab, Role.Steward),
        new("/sioutcomelab.identity.v1.IdentityService/ListRevocations", CallEffect.Read, TenantRule.Lab, Role.Steward),
        new("/sioutcomelab.identity.v1.IdentityService/ListAccessTokens", CallEffect.Read, TenantRule.Lab, Role.Steward),
        new("/sioutcomelab.audit.v1.AuditService/ListAuditEntries", CallEffect.Read, TenantRule.OwnOrSteward, Role.Analyst, Role.Steward),
        new("/sioutcomelab.audit.v1.AuditService/VerifyAudit", CallEffect.Read, TenantRule.Lab, Role.Steward),
        new("/grpc.health.v1.Health/Check", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/grpc.health.v1.Health/List", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/grpc.health.v1.Health/Watch", CallEffect.Read, TenantRule.Public, Role.Anonymous),
        new("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", CallEffect.Read, TenantRule.Public, Role.Anonymous),
    ];

    private static readonly Dictionary<string, CallRule> ByMethod = All.ToDictionary(r => r.Method, StringComparer.Ordinal);

    public static CallRule? Of(string method) => ByMethod.GetValueOrDefault(method);
}
