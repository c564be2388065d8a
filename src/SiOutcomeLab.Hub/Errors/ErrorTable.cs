using Grpc.Core;

namespace SiOutcomeLab.Hub.Errors;

/// <summary>The one table from errors to gRPC status and <c>google.rpc.ErrorInfo</c> reason. A test demands a row for each error.</summary>
internal static class ErrorTable
{
    /// <summary>The domain of <c>ErrorInfo</c>.</summary>
    public const string Domain = "sioutcomelab";

    private static readonly Dictionary<HubError, (StatusCode Code, string Reason)> Rows = new()
    {
        [HubError.CredentialsInvalid] = (StatusCode.Unauthenticated, "CREDENTIALS_INVALID"),
        [HubError.RoleMissing] = (StatusCode.PermissionDenied, "ROLE_MISSING"),
        [HubError.NotOwnOrganisation] = (StatusCode.PermissionDenied, "NOT_OWN_ORGANISATION"),
        [HubError.FieldInvalid] = (StatusCode.InvalidArgument, "FIELD_INVALID"),
        [HubError.ChunkOrder] = (StatusCode.InvalidArgument, "CHUNK_ORDER"),
        [HubError.SubmissionTooLarge] = (StatusCode.ResourceExhausted, "SUBMISSION_TOO_LARGE"),
        [HubError.SpoolFull] = (StatusCode.ResourceExhausted, "SPOOL_FULL"),
        [HubError.PeriodOverlap] = (StatusCode.FailedPrecondition, "PERIOD_OVERLAP"),
        [HubError.SubmissionUnknown] = (StatusCode.NotFound, "SUBMISSION_UNKNOWN"),
        [HubError.InterventionDiffers] = (StatusCode.AlreadyExists, "INTERVENTION_DIFFERS"),
        [HubError.InterventionUnknown] = (StatusCode.FailedPrecondition, "INTERVENTION_UNKNOWN"),
        [HubError.PlanDiffers] = (StatusCode.AlreadyExists, "PLAN_DIFFERS"),
        [HubError.PlanUnknown] = (StatusCode.NotFound, "PLAN_UNKNOWN"),
        [HubError.RunUnknown] = (StatusCode.NotFound, "RUN_UNKNOWN"),
        [HubError.EffectUnknown] = (StatusCode.NotFound, "EFFECT_UNKNOWN"),
        [HubError.CostsUnknown] = (StatusCode.NotFound, "COSTS_UNKNOWN"),
        [HubError.BenchmarkUnknown] = (StatusCode.NotFound, "BENCHMARK_UNKNOWN"),
        [HubError.CertificateRequired] = (StatusCode.Unauthenticated, "CERTIFICATE_REQUIRED"),
        [HubError.StreamSilent] = (StatusCode.Unavailable, "STREAM_SILENT"),
        [HubError.CatalogueUnavailable] = (StatusCode.Unavailable, "CATALOGUE_UNAVAILABLE"),
        [HubError.UploadUnknown] = (StatusCode.NotFound, "UPLOAD_UNKNOWN"),
        [HubError.UploadClosed] = (StatusCode.FailedPrecondition, "UPLOAD_CLOSED"),
        [HubError.UploadPoisoned] = (StatusCode.Aborted, "UPLOAD_POISONED"),
        [HubError.UploadIncomplete] = (StatusCode.FailedPrecondition, "UPLOAD_INCOMPLETE"),
        [HubError.UploadQuota] = (StatusCode.ResourceExhausted, "UPLOAD_QUOTA"),
        [HubError.LeaseLost] = (StatusCode.Aborted, "LEASE_LOST"),
        [HubError.OffsetAhead] = (StatusCode.OutOfRange, "OFFSET_AHEAD"),
        [HubError.BeyondDeclared] = (StatusCode.OutOfRange, "BEYOND_DECLARED"),
        [HubError.ChunkDamaged] = (StatusCode.DataLoss, "CHUNK_DAMAGED"),
        [HubError.NotParquet] = (StatusCode.InvalidArgument, "NOT_PARQUET"),
        [HubError.FileUndeclared] = (StatusCode.InvalidArgument, "FILE_UNDECLARED"),
        [HubError.Rate] = (StatusCode.ResourceExhausted, "RATE"),
        [HubError.HubStopping] = (StatusCode.Unavailable, "HUB_STOPPING"),
        [HubError.StorageUnavailable] = (StatusCode.Unavailable, "STORAGE_UNAVAILABLE"),
        [HubError.ReproductionBusy] = (StatusCode.ResourceExhausted, "REPRODUCTION_BUSY"),
        [HubError.PlanClosed] = (StatusCode.FailedPrecondition, "PLAN_CLOSED"),
        [HubError.DraftUnknown] = (StatusCode.NotFound, "DRAFT_UNKNOWN"),
        [HubError.DraftChanged] = (StatusCode.Aborted, "DRAFT_CHANGED"),
        [HubError.LookNotDue] = (StatusCode.FailedPrecondition, "LOOK_NOT_DUE"),
        [HubError.FollowUpMissing] = (StatusCode.FailedPrecondition, "FOLLOW_UP_MISSING"),
        [HubError.RunEnded] = (StatusCode.FailedPrecondition, "RUN_ENDED"),
        [HubError.CostingNotGivenUp] = (StatusCode.FailedPrecondition, "COSTING_NOT_GIVEN_UP"),
    };

    public static (StatusCode Code, string Reason) Of(HubError error) => Rows[error];

    public static bool Has(HubError error) => Rows.ContainsKey(error);
}
