using System.Globalization;
using Grpc.Core;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Storage.Catalogue;
using Submission = SiOutcomeLab.Domain.Submissions.Submission;
using Upload = SiOutcomeLab.Domain.Submissions.Upload;
using UploadState = SiOutcomeLab.Domain.Submissions.UploadState;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>Receives submissions by uploads, and tells their owner what became of them.</summary>
internal sealed class IntakeServiceImpl(ISubmissionCatalogue submissions, UploadDesk desk, FinaliseDesk finalise, FileReception reception)
    : IntakeService.IntakeServiceBase
{
    private const string Submissions = "submissions";
    private const string Uploads = "uploads";

    public override Task<CreateUploadResponse> CreateUpload(CreateUploadRequest request, ServerCallContext context) => UploadErrors.GuardAsync(async () =>
    {
        var reading = SubmissionManifest.Read(request.Manifest.Memory);
        if (reading.Manifest is not { } manifest) return new CreateUploadResponse { Refused = IntakeMapping.Refusal(reading.Findings) };
        context.Caller().RequireOwn(manifest.Organisation);
        var opening = await desk.OpenAsync(manifest, context.CancellationToken);
        return opening.Opened is { } opened
            ? new CreateUploadResponse { Upload = UploadMapping.ToWire(opened with { Stage = finalise.StageOf(opened.Upload.Id) }) }
            : new CreateUploadResponse { Accepted = IntakeMapping.Acceptance(opening.Receipt!.Value) };
    });

    public override Task<UploadFileResponse> UploadFile(IAsyncStreamReader<UploadFileRequest> requestStream, ServerCallContext context) =>
        UploadErrors.GuardAsync(async () => new UploadFileResponse
        {
            DurableBytes = await reception.RunAsync(context.Caller().Organisation, requestStream, context.CancellationToken),
        });

    public override Task<GetUploadResponse> GetUpload(GetUploadRequest request, ServerCallContext context) => UploadErrors.GuardAsync(async () =>
        new GetUploadResponse { Upload = await WireAsync(await FindAsync(request.Name, context), context.CancellationToken) });

    public override Task<ListUploadsResponse> ListUploads(ListUploadsRequest request, ServerCallContext context) => UploadErrors.GuardAsync(async () =>
    {
        var size = Page.Size(request.PageSize);
        var after = Page.Key(Uploads, request.PageToken);
        var all = await desk.ListAsync(context.Caller().Organisation, context.CancellationToken);
        Upload[] rest = [.. all.Where(u => string.CompareOrdinal(PlaceOf(u), after) > 0)];
        var (items, hasMore) = Page.Cut(rest, size);
        var response = new ListUploadsResponse { NextPageToken = hasMore ? Page.Token(Uploads, PlaceOf(items[^1])) : string.Empty };
        foreach (var upload in items) response.Uploads.Add(await WireAsync(upload, context.CancellationToken));
        return response;
    });

    public override Task<CancelUploadResponse> CancelUpload(CancelUploadRequest request, ServerCallContext context) => UploadErrors.GuardAsync(async () =>
    {
        var upload = await FindAsync(request.Name, context);
        if (finalise.StageOf(upload.Id) != UploadStage.Receiving) throw UploadDesk.Closed("checking");
        var ended = await desk.EndAsync(upload.Id, UploadState.Cancelled, context.CancellationToken) ?? throw UploadException.Unknown();
        return new CancelUploadResponse { Upload = await WireAsync(ended, context.CancellationToken) };
    });

    public override Task<FinaliseUploadResponse> FinaliseUpload(FinaliseUploadRequest request, ServerCallContext context) => UploadErrors.GuardAsync(async () =>
    {
        var id = ResourceName.Id(Uploads, request.Name) ?? throw UploadException.Unknown();
        return IntakeMapping.Answer(await finalise.FinaliseAsync(context.Caller().Organisation, id, context.CancellationToken));
    });

    public override async Task<GetSubmissionResponse> GetSubmission(GetSubmissionRequest request, ServerCallContext context) =>
        new() { Submission = IntakeMapping.ToWire(await OwnAsync(request.Name, context)) };

    public override async Task<ListSubmissionsResponse> ListSubmissions(ListSubmissionsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize);
        var found = await submissions.ListAsync(context.Caller().Organisation, After(request.PageToken), size + 1, context.CancellationToken);
        var (items, hasMore) = Page.Cut(found, size);
        return new ListSubmissionsResponse
        {
            Submissions = { items.Select(IntakeMapping.ToWire) },
            NextPageToken = hasMore ? Page.Token(Submissions, items[^1].Sequence.ToString(CultureInfo.InvariantCulture)) : string.Empty,
        };
    }

    public override async Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        var submission = await OwnAsync(request.Name, context);
        return new GetReceiptResponse { Accepted = IntakeMapping.Acceptance(await desk.ReceiptAsync(submission, context.CancellationToken)) };
    }

    private static long After(string token) => Page.Key(Submissions, token) is not { } key ? 0
        : long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : throw HubException.FieldInvalid("page_token", "must be the next_page_token of the page before, in the same list.");

    private async Task<Upload> FindAsync(string name, ServerCallContext context) =>
        (ResourceName.Id(Uploads, name) is { } id ? await desk.FindAsync(context.Caller().Organisation, id, context.CancellationToken) : null)
        ?? throw UploadException.Unknown();

    private async Task<Submission> OwnAsync(string name, ServerCallContext context) =>
        (ResourceName.Id(Submissions, name) is { } id ? await submissions.FindAsync(context.Caller().Organisation, id, context.CancellationToken) : null)
        ?? throw new HubException(HubError.SubmissionUnknown, "There is no such submission among your own.");

    private async Task<Protos.Intake.V1.Upload> WireAsync(Upload upload, CancellationToken cancellationToken) =>
        UploadMapping.ToWire(await desk.StatusAsync(upload, finalise.StageOf(upload.Id), cancellationToken));

    // Its place in the list, which stays when the upload itself is gone before the next page is asked for.
    private static string PlaceOf(Upload upload) =>
        string.Create(CultureInfo.InvariantCulture, $"{upload.CreatedAt.UtcTicks:D19} {upload.Id}");
}
