using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>What became of a delivery.</summary>
/// <param name="Answer">The receipt, or the findings.</param>
/// <param name="WasThere">True when the same content had been accepted before, and nothing was sent.</param>
/// <param name="Attempts">Times that the way was begun anew after a failure; 0 when nothing failed.</param>
/// <param name="BytesSent">Bytes handed to the network, those sent twice counted twice.</param>
internal sealed record PushOutcome(FinaliseUploadResponse Answer, bool WasThere, int Attempts, long BytesSent)
{
    public bool IsRefused => Answer.OutcomeCase == FinaliseUploadResponse.OutcomeOneofCase.Refused;
}
