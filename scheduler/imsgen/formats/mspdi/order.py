"""The order of elements, as files written by MS Project have it.

The schema is a sequence everywhere and Project's own files are its only sure reading, so every
element is written in the order of these tables and nothing that is not in them.
"""

from __future__ import annotations

PROJECT = (
    "SaveVersion", "Name", "Title", "Company", "Revision", "ScheduleFromStart", "StartDate",
    "FinishDate", "FYStartDate", "CriticalSlackLimit", "CurrencyDigits", "CurrencyCode",
    "CalendarUID", "DefaultStartTime", "DefaultFinishTime", "MinutesPerDay", "MinutesPerWeek",
    "DaysPerMonth", "DefaultTaskType", "DurationFormat", "WorkFormat", "HonorConstraints",
    "NewTasksEffortDriven", "NewTasksEstimated", "WeekStartDay", "StatusDate",
    "NewTasksAreManual", "ExtendedAttributes", "Calendars", "Tasks", "Resources", "Assignments",
)  # fmt: skip
EXTENDED_ATTRIBUTE = ("FieldID", "FieldName", "Alias")
CALENDAR = (
    "UID", "Name", "IsBaseCalendar", "IsBaselineCalendar", "BaseCalendarUID", "WeekDays",
    "Exceptions",
)  # fmt: skip
WEEK_DAY = ("DayType", "DayWorking", "WorkingTimes")
EXCEPTION = (
    "EnteredByOccurrences", "TimePeriod", "Occurrences", "Name", "Type", "DayWorking",
    "WorkingTimes",
)  # fmt: skip
TIME_PERIOD = ("FromDate", "ToDate")
WORKING_TIME = ("FromTime", "ToTime")
TASK = (
    "UID", "ID", "Name", "Active", "Manual", "Type", "IsNull", "WBS", "OutlineNumber",
    "OutlineLevel", "Priority", "Start", "Finish", "Duration", "ManualStart", "ManualFinish",
    "ManualDuration", "DurationFormat", "Work", "Stop",
    "Resume", "ResumeValid", "EffortDriven", "Recurring", "OverAllocated", "Estimated",
    "Milestone", "Summary", "IsSubproject", "ExternalTask", "FixedCostAccrual",
    "PercentComplete", "PercentWorkComplete", "ActualStart", "ActualFinish", "ActualDuration",
    "ActualWork", "RemainingDuration", "RemainingWork", "ConstraintType", "CalendarUID",
    "ConstraintDate", "Deadline", "LevelAssignments", "LevelingCanSplit", "LevelingDelay",
    "LevelingDelayFormat", "Hyperlink", "HyperlinkAddress", "IgnoreResourceCalendar", "Notes",
    "HideBar", "Rollup", "PhysicalPercentComplete", "EarnedValueMethod", "PredecessorLink",
    "IsPublished", "CommitmentType", "ExtendedAttribute", "Baseline",
)  # fmt: skip
PREDECESSOR_LINK = ("PredecessorUID", "Type", "CrossProject", "LinkLag", "LagFormat")
BASELINE = (
    "Number", "Interim", "Start", "Finish", "Duration", "DurationFormat", "EstimatedDuration",
    "Work",
)  # fmt: skip
FIELD_VALUE = ("FieldID", "Value")
RESOURCE = (
    "UID", "ID", "Name", "Type", "IsNull", "Initials", "Group", "EmailAddress", "MaxUnits",
    "PeakUnits", "OverAllocated", "CanLevel", "AccrueAt", "StandardRate", "StandardRateFormat",
    "OvertimeRate", "OvertimeRateFormat", "CalendarUID", "Notes", "IsGeneric", "IsInactive",
    "IsEnterprise", "BookingType", "IsCostResource", "IsBudget", "AvailabilityPeriods",
)  # fmt: skip
AVAILABILITY_PERIOD = ("AvailableFrom", "AvailableTo", "AvailableUnits")
ASSIGNMENT = (
    "UID", "TaskUID", "ResourceUID", "PercentWorkComplete", "ActualFinish", "ActualStart",
    "ActualWork", "Confirmed", "CostRateTable", "Delay", "Finish", "HasFixedRateUnits",
    "FixedMaterial", "LevelingDelay", "LevelingDelayFormat", "Milestone", "Overallocated",
    "RegularWork", "RemainingWork", "ResponsePending", "Start", "Stop", "Resume", "Units",
    "UpdateNeeded", "Work", "WorkContour", "BookingType",
)  # fmt: skip
