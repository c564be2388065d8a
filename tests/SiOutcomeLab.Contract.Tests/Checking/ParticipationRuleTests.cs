using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;

namespace SiOutcomeLab.Contract.Tests.Checking;

public sealed class ParticipationRuleTests
{
    [Fact]
    public async Task Check_UnregisteredIntervention_TellsTheRow()
    {
        var result = await new TestSubmission().WithParticipation(TableColumn.Text("intervention_code", ["jobb", "okand"])).CheckAsync();

        Assert.Equal([2L], FindingAssert.Only(result, "INTERVENTION_UNREGISTERED", "intervention_code").SampleRows);
    }

    [Fact]
    public async Task Check_PersonNeverObserved_TellsTheRow()
    {
        var result = await new TestSubmission()
            .WithParticipation(TableColumn.Text("person_id", [TestSubmission.Person(0), TestSubmission.Person(77)]))
            .CheckAsync();

        Assert.Equal([2L], FindingAssert.Only(result, "PARTICIPATION_PERSON_NOT_OBSERVED", "person_id").SampleRows);
    }

    [Fact]
    public async Task Check_EndBeforeStart_TellsTheRow()
    {
        var result = await new TestSubmission()
            .WithParticipation(TableColumn.OptionalDates("end_date", [new DateOnly(2024, 1, 31), new DateOnly(2024, 3, 1)]))
            .CheckAsync();

        Assert.Equal([1L], FindingAssert.Only(result, "PARTICIPATION_END_BEFORE_START", "end_date").SampleRows);
    }

    [Fact]
    public async Task Check_SameParticipationTwice_TellsTheLaterRow()
    {
        var result = await new TestSubmission
        {
            Participations =
            [
                TableColumn.Text("person_id", [TestSubmission.Person(0), TestSubmission.Person(0), TestSubmission.Person(0)]),
                TableColumn.Text("intervention_code", ["jobb", "skola", "jobb"]),
                TableColumn.Dates("start_date", [.. Enumerable.Repeat(new DateOnly(2024, 2, 1), 3)]),
            ],
        }.CheckAsync();

        Assert.Equal([3L], FindingAssert.Only(result, "PARTICIPATION_DUPLICATE", "person_id").SampleRows);
    }

    [Fact]
    public async Task Check_OptionalColumns_AreTakenAndChecked()
    {
        var result = await new TestSubmission()
            .WithParticipation(TableColumn.OptionalNumbers<double>("dose", [12.5, -1]))
            .WithParticipation(TableColumn.Numbers<bool>("completed", [true, false]))
            .WithParticipation(TableColumn.Text("group_id", [null, new string('k', 65)], optional: true))
            .CheckAsync();

        Assert.Equal([2L], FindingAssert.Has(result, "VALUE_OUT_OF_RANGE", "dose").SampleRows);
        Assert.Equal([2L], FindingAssert.Has(result, "VALUE_TOO_LONG", "group_id").SampleRows);
        Assert.Equal(2, result.Findings.Count);
    }

    [Fact]
    public async Task Check_StartMissing_IsTold()
    {
        var result = await new TestSubmission()
            .WithParticipation(TableColumn.OptionalDates("start_date", [new DateOnly(2024, 2, 1), null]))
            .CheckAsync();

        Assert.Equal([2L], FindingAssert.Only(result, "VALUE_MISSING", "start_date").SampleRows);
    }

    [Fact]
    public async Task Check_ColumnMissingOrUnknown_IsNamed()
    {
        var submission = new TestSubmission();
        submission.Participations!.RemoveAll(c => c.Spec.Name == "start_date");

        var result = await submission.WithParticipation(TableColumn.Text("kommentar", ["a", "b"])).CheckAsync();

        FindingAssert.Has(result, "SCHEMA_MISSING_COLUMN", "start_date");
        FindingAssert.Has(result, "SCHEMA_UNKNOWN_COLUMN", "kommentar");
    }

    [Fact]
    public async Task Check_NoParticipationFile_IsTaken()
    {
        var result = await new TestSubmission { Participations = null }.CheckAsync();

        Assert.Empty(result.Findings);
        Assert.Equal(0, result.ParticipationRows);
    }

    [Fact]
    public async Task Check_FileDeclaredButNotSent_AndSentButNotDeclared_AreTold()
    {
        var declared = await new TestSubmission
        {
            Participations = null,
            Declare = m => m with { Participations = new ManifestFile(new string('0', 64), 10, 1) },
        }.CheckAsync();
        var sent = await new TestSubmission { Declare = m => m with { Participations = null } }.CheckAsync();

        FindingAssert.Only(declared, "FILE_MISSING");
        FindingAssert.Only(sent, "FILE_UNDECLARED");
    }
}
