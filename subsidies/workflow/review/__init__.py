"""The reviewer's steps before the decision: take up, complete, wait, hear, ask advice, judge."""
