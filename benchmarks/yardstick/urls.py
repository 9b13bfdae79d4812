from django.urls import path

from benchmarks.yardstick import views

urlpatterns = [
    path("plannen/", views.plans, name="plans"),
    path("plannen/nieuw/", views.new, name="new"),
    path("plannen/<str:reference>/", views.plan, name="plan"),
    path("plannen/<str:reference>/<str:how>/", views.plan, name="involve"),
    path("plannen/<str:reference>/poster.<str:kind>", views.plan, name="poster"),
]
