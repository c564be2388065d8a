namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>What a simulation has seen. Everything after the first line of counts must be 0.</summary>
internal sealed class Tally
{
    public int Runs { get; set; }

    public int Operations { get; set; }

    public int Faults { get; set; }

    public int Stops { get; set; }

    public int Acknowledged { get; set; }

    /// <summary>Acknowledged and not there, or bytes told as durable and gone.</summary>
    public int Lost { get; set; }

    /// <summary>Acknowledged, or told as durable, and other bytes than were sent.</summary>
    public int Altered { get; set; }

    /// <summary>Named by the catalogue, never acknowledged, and not whole.</summary>
    public int HalfVisible { get; set; }

    /// <summary>Taken in twice.</summary>
    public int Doubled { get; set; }

    /// <summary>Erased, told as erased, and there again.</summary>
    public int Returned { get; set; }

    /// <summary>The hub does not start on what a crash has left.</summary>
    public int Unopenable { get; set; }

    public int Violations => Lost + Altered + HalfVisible + Doubled + Returned + Unopenable;

    public override string ToString() =>
        $"{Runs} runs, {Operations} operations, {Faults} faults, {Stops} stops: {Acknowledged} acknowledged, {Lost} lost, {Altered} altered, "
        + $"{HalfVisible} half-visible, {Doubled} doubled, {Returned} returned after erasure, {Unopenable} unopenable";
}
