"""What happens with departments, advice and contacts. For the steps of advice about a case see `advice`.

    from ambassadors.workflow import advice

    advice.ask(project, to=Adviser(department=…, user=…), question=…, due_on=…, by=user, version=project.version)
    advice.answer(request, verdict=AdviceVerdict.CONCERN, text=…, by=user)
    advice.revoke(request, reason=…, by=user)
    advice.hand_over(request, to=Adviser(…), note=…, by=user)
    advice.remind(request, by=user)

`ambassadors.routing.proposals(themes=…, wijken=…, on=…)` says whom to ask; `AdviceRequest.objects.about(project)` gives
what came of it. A programme registers its kind of case in `ambassadors.subjects`.
"""
