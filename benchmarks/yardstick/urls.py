from django.urls import path

from benchmarks.yardstick import views

urlpatterns = [
    path("plannen/", views.plans, name="plans"),
    path("plannen/nieuw/", views.new, name="new"),
    path("plannen/nieuw/controle/", views.check, name="check"),
    # Addresses that the pages link to; nobody follows them here.
    path("verstuurd/<str:token>/", views.plans, name="sent"),
    path("bevestigen/<str:token>/", views.plans, name="confirm"),
    path("plannen/<str:reference>/", views.plan, name="plan"),
    path("plannen/<str:reference>/<str:how>/", views.plan, name="involve"),
    path("plannen/<str:reference>/foto/<int:pk>/", views.plan, name="photo"),
    path("plannen/<str:reference>/poster.<str:kind>", views.plan, name="poster"),
]
